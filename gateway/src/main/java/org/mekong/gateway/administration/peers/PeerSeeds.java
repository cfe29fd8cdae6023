package org.mekong.gateway.administration.peers;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.exchange.ExchangeKey;
import org.mekong.gateway.peer.ConfiguredPeers;
import org.mekong.gateway.peer.KeptPeer;
import org.mekong.gateway.peer.KeptPeers;
import org.mekong.gateway.peer.PeerCheck;
import org.mekong.gateway.peer.PeerDescription;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.PendingEntry;

/**
 * Brings the peers of {@code gateway.peers.*} into the database at start. A peer that an
 * administrator has changed follows the configuration no more.
 */
@ApplicationScoped
public class PeerSeeds {

  private static final Logger LOG = Logger.getLogger(PeerSeeds.class);

  private final ConfiguredPeers configured;
  private final AdministrativeActs acts;
  private final Peers peers;
  private final Transactions transactions;
  private final GatewayLog log;

  @Inject ExchangeKey key;

  @ConfigProperty(name = "mekong.nation")
  String self;

  @Inject
  public PeerSeeds(
      ConfiguredPeers configured,
      AdministrativeActs acts,
      Peers peers,
      Transactions transactions,
      GatewayLog log) {
    this.configured = configured;
    this.acts = acts;
    this.peers = peers;
    this.transactions = transactions;
    this.log = log;
  }

  /**
   * Reads, checks and keeps them.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  public void sow() throws SQLException {
    for (PeerDescription peer : configured.read()) {
      Optional<PendingEntry> entry = transactions.in(connection -> sow(connection, peer));
      entry.ifPresent(log::await);
    }
    peers.refresh();
  }

  private Optional<PendingEntry> sow(Connection connection, PeerDescription peer)
      throws SQLException {
    Revision.PEERS.advance(connection);
    List<KeptPeer> all = KeptPeers.all(connection);
    String nation = String.valueOf(peer.nation());
    Optional<KeptPeer> there =
        all.stream()
            .filter(each -> Objects.equals(each.description().nation(), nation))
            .findFirst();
    if (there.isPresent()) {
      boolean same = there.get().description().equals(peer);
      if (!same && !there.get().configured()) {
        LOG.warnf(
            "gateway.peers.%s differs from what administrators have put in its place, and is not"
                + " used",
            nation);
      }
      if (same || !there.get().configured()) {
        return Optional.empty();
      }
    }
    List<String> faults =
        PeerCheck.faults(
            peer,
            self,
            key.all().getKeys(),
            all.stream()
                .map(KeptPeer::description)
                .filter(each -> !Objects.equals(each.nation(), nation))
                .toList(),
            acts.now());
    if (!faults.isEmpty()) {
      throw new IllegalStateException("gateway.peers." + nation + ": " + String.join("; ", faults));
    }
    int version = there.map(KeptPeer::version).orElse(0) + 1;
    KeptPeers.put(
        connection,
        new KeptPeer(peer, version, there.map(KeptPeer::suspended).orElse(false), true),
        acts.now());
    return Optional.of(
        acts.appendConfigured(
            connection, "peer_configured", Map.of("nation", nation, "peer_version", version)));
  }
}
