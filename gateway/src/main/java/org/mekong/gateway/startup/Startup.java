package org.mekong.gateway.startup;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.mekong.gateway.administration.agreements.AgreementSeeds;
import org.mekong.gateway.administration.peers.PeerSeeds;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.resourceserver.key.NativeCryptography;

/**
 * Brings everything up before the first request, so that what is wrong stops the start and is
 * named; in production, refuses what is for tests.
 */
@ApplicationScoped
public class Startup {

  private static final Logger LOG = Logger.getLogger(Startup.class);

  private final StartupConfig node;
  private final Config config;
  private final DataSource dataSource;
  private final Peers peers;
  private final AgreementBook agreements;

  @Inject GatewayLog log;
  @Inject PeerSeeds peerSeeds;
  @Inject AgreementSeeds agreementSeeds;

  @Inject
  public Startup(
      StartupConfig node,
      Config config,
      DataSource dataSource,
      Peers peers,
      AgreementBook agreements) {
    this.node = node;
    this.config = config;
    this.dataSource = dataSource;
    this.peers = peers;
    this.agreements = agreements;
  }

  void start(@Observes StartupEvent event) throws SQLException {
    if (!node.nation().matches("[A-Z]{2}")) {
      throw new IllegalStateException("mekong.nation: two capital letters (ISO 3166-1 alpha-2)");
    }
    LOG.infof("Native cryptography: %s", NativeCryptography.install());
    peerSeeds.sow();
    agreementSeeds.sow();
    for (Peer peer : peers.all()) {
      if (!agreements.binds(node.nation(), peer.nation())) {
        LOG.warnf("No agreement with %s: every lookup there will be refused", peer.nation());
      }
    }
    LOG.infof("Log of %d open", log.years().currentLogYear());
    if (node.production()) {
      List<String> faults = ProductionCheck.faults(facts());
      if (!faults.isEmpty()) {
        throw new IllegalStateException(
            "mekong.production refuses to start: " + String.join("; ", faults));
      }
    }
  }

  private ProductionCheck.Facts facts() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return new ProductionCheck.Facts(
          Map.of(
              "gateway.log.generate-key", flag("gateway.log.generate-key"),
              "gateway.exchange.generate-key", flag("gateway.exchange.generate-key")),
          text("quarkus.http.insecure-requests"),
          Map.of(
              "gateway.base-url", text("gateway.base-url"),
              "gateway.registry.url", text("gateway.registry.url"),
              "gateway.issuer", text("gateway.issuer")),
          DatabaseRole.excessivePowers(connection),
          peers.all().stream()
              .filter(peer -> peer.logs().logs().isEmpty())
              .map(Peer::nation)
              .toList(),
          !(log.standing() instanceof Standing.Unwitnessed));
    }
  }

  private boolean flag(String property) {
    return config.getOptionalValue(property, Boolean.class).orElse(false);
  }

  private String text(String property) {
    return config.getOptionalValue(property, String.class).orElse("");
  }
}
