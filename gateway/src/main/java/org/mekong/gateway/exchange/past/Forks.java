package org.mekong.gateway.exchange.past;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.peer.KeptPeer;
import org.mekong.gateway.peer.KeptPeers;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.LogException;
import org.mekong.log.PendingEntry;
import org.mekong.log.entry.CanonicalJson;

/**
 * What follows from a fork: both checkpoints are kept, the peer is suspended for all replicas, and
 * the log tells of it, in one transaction. Only administrators, two of them, end the suspension.
 */
@ApplicationScoped
class Forks {

  private static final Logger LOG = Logger.getLogger(Forks.class);

  private final Transactions transactions;
  private final GatewayLog log;
  private final Peers peers;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private volatile Set<String> forked = Set.of();

  @Inject
  Forks(
      Transactions transactions, GatewayLog log, Peers peers, MeterRegistry metrics, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.peers = peers;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** A peer's log tells two pasts. Never fails: what cannot be kept now is found again. */
  void found(Peer peer, Forked fork) {
    LOG.errorf("The log of %s tells two pasts: %s", peer.nation(), fork.getMessage());
    try {
      log.await(transactions.in(connection -> suspend(connection, peer.nation(), fork)));
      peers.refresh();
      look();
    } catch (SQLException | LogException e) {
      LOG.errorf("The fork of %s could not be kept: %s", peer.nation(), e.getMessage());
    }
  }

  private PendingEntry suspend(Connection connection, String nation, Forked fork)
      throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Revision.PEERS.advance(connection);
    KeptPeer there =
        KeptPeers.find(connection, nation).orElseThrow(() -> new SQLException("no peer " + nation));
    int version = there.suspended() ? there.version() : there.version() + 1;
    if (!there.suspended()) {
      KeptPeers.put(
          connection, new KeptPeer(there.description(), version, true, there.configured()), now);
    }
    KeptForks.add(connection, nation, version, fork, now);
    Map<String, Object> entry = new TreeMap<>();
    entry.put("version", 1);
    entry.put("kind", "admin");
    entry.put("act", "peer_suspended");
    entry.put("administrator", "gateway");
    entry.put("nation", nation);
    entry.put("peer_version", version);
    entry.put("rule", "exchange/answer/" + fork.check());
    entry.put("origin", fork.seen().origin());
    entry.put("known_size", fork.known().size());
    entry.put("seen_size", fork.seen().size());
    entry.put("request_id", RequestIds.current().toString());
    entry.put("time", now.toString());
    return log.years().append(connection, CanonicalJson.write(entry));
  }

  /** Looks which peers are suspended for a fork, for the metric of every replica. */
  @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() throws SQLException {
    forked = transactions.in(KeptForks::nations);
    for (Peer peer : peers.pinned()) {
      if (told.add(peer.nation())) {
        Gauge.builder("mekong.peer.forked", this, each -> each.isForked(peer.nation()))
            .description("1 while a peer is suspended because its log tells two pasts, else 0")
            .tag("peer", peer.nation())
            .register(metrics);
      }
    }
  }

  private double isForked(String nation) {
    return forked.contains(nation) ? 1 : 0;
  }
}
