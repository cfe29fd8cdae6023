package org.mekong.gateway.peer;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import org.jboss.logging.Logger;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.transport.Caller;
import org.mekong.gateway.transport.Callers;

/**
 * The peers that this gateway knows. Read from the database and kept in memory; every replica sees
 * a change within seconds, the one that made it at once; a certificate or key whose time is over
 * counts no more from that moment. Safe for many threads.
 */
@ApplicationScoped
public class Peers {

  private static final Logger LOG = Logger.getLogger(Peers.class);
  private static final long NEVER = -1;

  private final Transactions transactions;
  private final Callers callers;
  private final Clock clock;
  private volatile Known known = new Known(NEVER, List.of(), Map.of(), Instant.MAX);

  /**
   * What is in memory.
   *
   * @param goodUntil when a certificate or key of a peer stops being good
   */
  private record Known(
      long revision, List<KeptPeer> kept, Map<String, Peer> byNation, Instant goodUntil) {}

  @Inject
  public Peers(Transactions transactions, Callers callers, Clock clock) {
    this.transactions = transactions;
    this.callers = callers;
    this.clock = clock;
    refresh();
  }

  /** The peer of a nation; empty where it is suspended. */
  public Optional<Peer> find(String nation) {
    return Optional.ofNullable(known().byNation().get(nation)).filter(peer -> !peer.suspended());
  }

  /**
   * The peer whose certificate this is, suspended or not; the trust store has vouched for the
   * certificate already.
   */
  public Optional<Peer> find(X509Certificate certificate) {
    X500Principal subject = certificate.getSubjectX500Principal();
    return known().byNation().values().stream()
        .filter(peer -> peer.subjects().contains(subject))
        .findFirst();
  }

  /** Whether this nation has a peer that is neither asked nor answered. */
  public boolean suspended(String nation) {
    Peer peer = known().byNation().get(nation);
    return peer != null && peer.suspended();
  }

  /** Every peer that is asked and answered, by nation code. */
  public List<Peer> all() {
    return pinned().stream().filter(peer -> !peer.suspended()).toList();
  }

  /** Every peer, those that are suspended too, by nation code. */
  public List<Peer> pinned() {
    return List.copyOf(known().byNation().values());
  }

  /** The peer of a nation, suspended or not. */
  public Optional<Peer> pinned(String nation) {
    return Optional.ofNullable(known().byNation().get(nation));
  }

  /** Reads anew what has changed since it was read. */
  @Scheduled(every = "1s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  public synchronized void refresh() {
    try {
      Known before = known;
      Known now =
          transactions.in(
              connection -> {
                long revision = Revision.PEERS.read(connection);
                return revision == before.revision()
                    ? before
                    : known(revision, KeptPeers.all(connection), before);
              });
      if (now != before) {
        known = now;
        LOG.infof("Peers %s", now.byNation().keySet());
      }
    } catch (SQLException e) {
      if (known.revision() == NEVER) {
        throw new IllegalStateException("the peers cannot be read from the database", e);
      }
      LOG.warn("Peers cannot be read anew: those in memory stay", e);
    }
  }

  private Known known() {
    Known now = known;
    return clock.instant().isBefore(now.goodUntil()) ? now : aged();
  }

  private synchronized Known aged() {
    known = known(known.revision(), known.kept(), known);
    return known;
  }

  private Known known(long revision, List<KeptPeer> kept, Known before) {
    Instant now = clock.instant();
    Map<Set<X500Principal>, Caller> made = new HashMap<>();
    before.byNation().values().forEach(peer -> made.put(peer.subjects(), peer.caller()));
    Map<String, Peer> byNation = new TreeMap<>();
    var ends = new ArrayList<Instant>();
    for (KeptPeer each : kept) {
      PeerDescription described = each.description();
      described.nextEnd(now).ifPresent(ends::add);
      Set<X500Principal> subjects = described.subjects(now);
      if (described.nation() != null && described.url() != null) {
        byNation.put(
            described.nation(),
            new Peer(
                described.nation(),
                described.url(),
                subjects,
                described.keys(now),
                described.allKeys(),
                described.logs(),
                each.suspended(),
                made.computeIfAbsent(subjects, callers::pinnedTo)));
      }
    }
    return new Known(
        revision, kept, byNation, ends.stream().min(Instant::compareTo).orElse(Instant.MAX));
  }
}
