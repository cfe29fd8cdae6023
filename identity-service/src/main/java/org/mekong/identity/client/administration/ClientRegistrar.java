package org.mekong.identity.client.administration;

import com.nimbusds.jose.jwk.JWK;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.Members;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.access.conditional.Version;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.agency.Agencies;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.approval.Administration;
import org.mekong.identity.approval.Mandate;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientIdentity;
import org.mekong.identity.client.ClientView;
import org.mekong.identity.client.Clients;
import org.mekong.identity.client.LookupPermission;
import org.mekong.identity.client.RegisterClient;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/** Registers and changes clients, and says so in the journal. */
@Singleton
public class ClientRegistrar {
  private final Clients clients;
  private final Accounts accounts;
  private final IssuerAddress issuer;
  private final Clock clock;

  ClientRegistrar(Clients clients, Accounts accounts, IssuerAddress issuer, Clock clock) {
    this.clients = clients;
    this.accounts = accounts;
    this.issuer = issuer;
    this.clock = clock;
  }

  Outcome register(Transaction transaction, Mandate mandate, String id, RegisterClient request)
      throws SQLException {
    Client client = checked(transaction, request);
    if (register(transaction, mandate, client)) {
      return new Outcome(201, ClientView.of(client));
    }
    Client existing = clients.find(transaction.connection(), client.id()).orElseThrow();
    if (!existing.saysTheSameAs(client)) {
      throw Problem.CONFLICT.because("A client with this id says something else.");
    }
    return new Outcome(200, ClientView.of(existing));
  }

  /**
   * Adds a client with its entry in the journal.
   *
   * @return false when the id is taken
   */
  public boolean register(Transaction transaction, Mandate mandate, Client client)
      throws SQLException {
    if (!clients.add(transaction.connection(), client)) {
      return false;
    }
    transaction.record(entry(mandate, "client_registered", client));
    return true;
  }

  Outcome change(Transaction transaction, Mandate mandate, String id, ChangeClient request)
      throws SQLException {
    Client before = find(transaction.connection(), id);
    Client wanted = checked(transaction, request.registration());
    if (!wanted.id().equals(id)) {
      throw Problem.INVALID_CONTENT.because("The clientId of a client stays.");
    }
    return write(
        transaction, mandate, "client_changed", wanted.as(before.status()).at(request.version()));
  }

  Outcome changeKeys(Transaction transaction, Mandate mandate, String id, NewKeys request)
      throws SQLException {
    Client before = find(transaction.connection(), id);
    Members members = new Members();
    ClientIdentity identity = request.keys().read(members);
    members.check();
    return write(
        transaction, mandate, "client_keys_changed", before.by(identity).at(request.version()));
  }

  /** Makes a client active, or suspends it. */
  Outcome turn(Transaction transaction, Mandate mandate, String id, ChangeStatus request)
      throws SQLException {
    Client before = find(transaction.connection(), id);
    String status = request.checked();
    String act = status.equals("active") ? "client_resumed" : "client_suspended";
    return write(transaction, mandate, act, before.as(status));
  }

  private Outcome write(Transaction transaction, Mandate mandate, String act, Client wanted)
      throws SQLException {
    Connection connection = transaction.connection();
    Instant now = clock.instant();
    Set<String> administrators = Administration.administrators(connection, now);
    if (!clients.change(connection, wanted, now)) {
      throw Version.stale();
    }
    Client changed = find(connection, wanted.id());
    Administration.requireEnough(connection, now, administrators);
    transaction.record(entry(mandate, act, changed));
    return new Outcome(200, ClientView.of(changed));
  }

  /** The client of an id. */
  Client find(Connection connection, String id) throws SQLException {
    return clients
        .find(connection, id)
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such client."));
  }

  List<Client> after(Connection connection, String id, @Nullable String agency, int limit)
      throws SQLException {
    return clients.after(connection, id, agency, limit);
  }

  private Client checked(Transaction transaction, RegisterClient request) throws SQLException {
    Connection connection = transaction.connection();
    Optional<Agency> agency =
        request.agencyId() == null
            ? Optional.empty()
            : Agencies.find(connection, request.agencyId());
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return request.checked(now, issuer.audiences(), agency, held(connection, request.holder()));
  }

  private boolean held(Connection connection, @Nullable UUID holder) throws SQLException {
    if (holder == null) {
      return true;
    }
    Optional<Account> account = accounts.byId(connection, holder);
    return account.isPresent()
        && account.get().kind() == Account.Kind.ADMINISTRATOR
        && account.get().active();
  }

  private JournalEntry entry(Mandate mandate, String act, Client client) {
    Set<String> purposes =
        new TreeSet<>(client.permissions().stream().map(LookupPermission::purpose).toList());
    return mandate
        .signed(JournalEntry.ofAdministration(RequestId.current(), clock.instant(), act))
        .with("client", client.id())
        .with("agency", client.agency().map(Agency::id).orElse(""))
        .with("auth_method", client.identity().method())
        .with("grant_types", client.grantTypes().stream().sorted().toList())
        .with("scopes", client.scopes().stream().sorted().toList())
        .with("resources", client.resources())
        .with("purposes", List.copyOf(purposes))
        .with("redirect_uris", client.signIn().redirectUris().stream().map(URI::toString).toList())
        .with("keys", client.keys().getKeys().stream().map(JWK::getKeyID).toList())
        .with("jwks_uri", client.identity().jwksUri().map(URI::toString).orElse(""))
        .with("tls_subject", client.identity().tlsSubject().orElse(""))
        .with("status", client.status());
  }
}
