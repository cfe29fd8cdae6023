package org.mekong.identity.startup;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.approval.Administration;
import org.mekong.identity.approval.Mandate;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientIdentity;
import org.mekong.identity.client.Clients;
import org.mekong.identity.client.Quotas;
import org.mekong.identity.client.SignInSettings;
import org.mekong.identity.client.administration.ClientRegistrar;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/**
 * Brings the first administrator about: by public keys in the configuration, into a register
 * without clients, or by a one-time token that is printed.
 */
@Singleton
class FirstAdministrator {
  private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);
  static final Set<String> SCOPES =
      Set.of("identity.admin", "registry.admin", "person.write", "person.read", "gateway.admin");

  private final AdministratorConfig config;
  private final IssuerAddress issuer;
  private final Clients clients;
  private final ClientRegistrar registrar;
  private final Clock clock;

  FirstAdministrator(
      AdministratorConfig config,
      IssuerAddress issuer,
      Clients clients,
      ClientRegistrar registrar,
      Clock clock) {
    this.config = config;
    this.issuer = issuer;
    this.clients = clients;
    this.registrar = registrar;
    this.clock = clock;
  }

  void register(@Observes StartupEvent start, Journal journal) {
    if (config.jwksFile().isPresent()
        && journal.transact(
            transaction ->
                clients.none(transaction.connection())
                    && registrar.register(
                        transaction, Mandate.initialSetup("configuration"), administrator()))) {
      LOG.infof("registered the first administrator, %s", config.clientId());
    }
    journal.transact(this::token).ifPresent(this::print);
    if (journal.transact(transaction -> Administration.inInitialSetup(transaction.connection()))) {
      LOG.warn(
          "initial setup: what takes two administrators is done by one until a second one is there");
    }
  }

  /** A one-time token, where nobody administers or the operator wants another administrator. */
  private Optional<String> token(Transaction transaction) throws SQLException {
    Instant now = clock.instant();
    boolean needed =
        config.recovery() || Administration.administrators(transaction.connection(), now).isEmpty();
    if (!needed) {
      return Optional.empty();
    }
    String token = SetupToken.renew(transaction.connection(), now);
    transaction.record(
        JournalEntry.ofAdministration(RequestId.next(clock), now, "setup_token_made"));
    return Optional.of(token);
  }

  /** To the terminal of whoever starts the service, past the log and what collects it as such. */
  private void print(String token) {
    System.out.printf(
        "%n  One-time token of an administrator, good for %d hours:%n%n    %s%n%n"
            + "  Register the administrator's system with it: POST %s (see the operator guide).%n%n",
        SetupToken.LASTS.toHours(), token, issuer.at("/admin/v1/setup"));
  }

  private Client administrator() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new Client(
        config.clientId(),
        Optional.empty(),
        "First administrator",
        ClientIdentity.of(keys(config.jwksFile().orElseThrow())),
        Set.of("client_credentials"),
        SCOPES,
        issuer.audiences(),
        List.of(),
        SignInSettings.NONE,
        Quotas.NONE,
        List.of(),
        Optional.empty(),
        "active",
        now,
        Optional.empty(),
        1,
        now);
  }

  private static JWKSet keys(Path file) {
    try {
      JWKSet keys = JWKSet.load(file.toFile());
      if (keys.isEmpty() || keys.getKeys().stream().anyMatch(JWK::isPrivate)) {
        throw new IllegalStateException(
            "identity.administrator.jwks-file: public keys are needed, and no private one");
      }
      return keys;
    } catch (IOException | ParseException unreadable) {
      throw new IllegalStateException(
          "identity.administrator.jwks-file: not a JWK set", unreadable);
    }
  }
}
