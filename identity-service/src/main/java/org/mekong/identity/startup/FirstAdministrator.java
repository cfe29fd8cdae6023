package org.mekong.identity.startup;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.approval.Mandate;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientIdentity;
import org.mekong.identity.client.Clients;
import org.mekong.identity.client.Quotas;
import org.mekong.identity.client.SignInSettings;
import org.mekong.identity.client.administration.ClientRegistrar;
import org.mekong.identity.journal.Journal;

/**
 * Registers the first administrator's system, by its public keys, into a register without clients.
 */
@Singleton
class FirstAdministrator {
  private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);
  private static final Set<String> SCOPES =
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
    if (config.jwksFile().isEmpty()) {
      return;
    }
    boolean registered =
        journal.transact(
            transaction ->
                clients.none(transaction.connection())
                    && registrar.register(
                        transaction, Mandate.initialSetup("configuration"), administrator()));
    if (registered) {
      LOG.infof("registered the first administrator, %s", config.clientId());
    }
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
