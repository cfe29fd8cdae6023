package org.mekong.identity.client;

import com.nimbusds.jose.jwk.JWK;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.agency.Agencies;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/** Registers clients, and says so in the journal. */
@Singleton
public class ClientRegistrar {
  private final Clients clients;
  private final IssuerAddress issuer;
  private final Clock clock;

  ClientRegistrar(Clients clients, IssuerAddress issuer, Clock clock) {
    this.clients = clients;
    this.issuer = issuer;
    this.clock = clock;
  }

  Outcome register(Transaction transaction, String administrator, RegisterClient request)
      throws SQLException {
    Optional<Agency> agency =
        request.agencyId() == null
            ? Optional.empty()
            : Agencies.find(transaction.connection(), request.agencyId());
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Client client = request.checked(now, issuer.audiences(), agency);
    if (register(transaction, administrator, client)) {
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
   * @param administrator who does it: a client id, or {@code configuration} at the first start
   * @return false when the id is taken
   */
  public boolean register(Transaction transaction, String administrator, Client client)
      throws SQLException {
    if (!clients.add(transaction.connection(), client)) {
      return false;
    }
    transaction.record(
        JournalEntry.ofAdministration(RequestId.current(), clock.instant(), "client_registered")
            .with("administrator", administrator)
            .with("client", client.id())
            .with("agency", client.agency().map(Agency::id).orElse(""))
            .with("scopes", client.scopes().stream().sorted().toList())
            .with("resources", client.resources())
            .with("purposes", client.permissions().stream().map(LookupPermission::purpose).toList())
            .with("keys", client.keys().getKeys().stream().map(JWK::getKeyID).toList()));
    return true;
  }
}
