package org.mekong.gateway.exchange.past;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.witness.NotContinued;
import org.mekong.gateway.witness.PeersWitness;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;

/**
 * Holds the checkpoints of peers' receipts to one past: each is looked for in the tree that the
 * peer publishes, together with the one that this gateway has cosigned last. The first answer after
 * a pause waits for that; under load one a second does, and the others are looked up together with
 * the next. Safe for many threads.
 */
@ApplicationScoped
public class PeerPasts {

  private static final Logger LOG = Logger.getLogger(PeerPasts.class);

  private final Peers peers;
  private final PeersWitness witness;
  private final Forks forks;
  private final PastConfig config;
  private final Map<String, Observed> logs = new ConcurrentHashMap<>();

  @Inject
  PeerPasts(Peers peers, PeersWitness witness, Forks forks, PastConfig config) {
    this.peers = peers;
    this.witness = witness;
    this.forks = forks;
    this.config = config;
  }

  /**
   * Takes a receipt, whose signature was verified, or refuses the answer that it came with.
   *
   * @param left time that the answer is still of use
   * @throws Forked when the log tells two pasts: kept, logged, and the peer suspended
   * @throws Unproven when the tree that is published lacks what the log has signed, or could not be
   *     looked at for too long
   */
  public void require(Peer peer, String receipt, Duration left) throws Forked, Unproven {
    Seen seen = Seen.of(receipt);
    Observed log = observed(peer, seen);
    if (!log.note(seen, System.nanoTime())) {
      return;
    }
    if (log.isDue(config.every(), System.nanoTime())) {
      prove(peer, seen.origin(), log, left);
    }
    if (log.isLacking() || log.waited(System.nanoTime()).compareTo(config.longestUnproven()) > 0) {
      throw new Unproven(seen.origin());
    }
  }

  /**
   * Notes a checkpoint that the witness did not cosign. Where the log has signed another of the
   * same size, that is a fork at once; else it is looked for in the published tree.
   */
  void notContinued(@Observes NotContinued refused) {
    Note checkpoint = refused.checkpoint();
    try {
      Seen seen = Seen.of(checkpoint);
      Optional<Peer> peer = signer(seen, checkpoint);
      Optional<Seen> cosigned = cosigned(seen.origin());
      if (peer.isEmpty() || cosigned.isEmpty()) {
        return;
      }
      if (seen.contradicts(cosigned.get())) {
        forks.found(peer.get(), new Forked(cosigned.get(), seen));
      } else if (PublishedTree.holds(seen.origin()) && !seen.equals(cosigned.get())) {
        observed(peer.get(), seen).note(seen, System.nanoTime());
      }
    } catch (NoteException | SQLException e) {
      LOG.debug("A checkpoint that was not cosigned cannot be looked at", e);
    }
  }

  /** The peer that has the log, if the log has signed it. */
  private Optional<Peer> signer(Seen seen, Note note) throws NoteException {
    for (Peer peer : peers.all()) {
      for (var log : peer.logs().logs()) {
        if (log.key().name().equals(seen.origin()) && !note.signaturesOf(log.key()).isEmpty()) {
          return Optional.of(peer);
        }
      }
    }
    return Optional.empty();
  }

  /** Looks up what no later answer has had looked up. */
  @Scheduled(every = "1s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void prove() {
    logs.forEach(
        (origin, log) -> {
          Optional<Peer> peer = peers.find(log.nation());
          if (peer.isPresent() && log.isDue(config.every(), System.nanoTime())) {
            try {
              prove(peer.get(), origin, log, config.patience());
            } catch (Forked e) {
              LOG.debug("Kept, and told", e);
            }
          }
        });
  }

  private void prove(Peer peer, String origin, Observed log, Duration left) throws Forked {
    if (!log.proving.tryLock()) {
      return;
    }
    List<Seen> unproven = log.unproven();
    try {
      if (unproven.isEmpty()) {
        return; // whoever held the lock before has looked these up, too
      }
      Seen known = cosigned(origin).or(log::head).orElse(unproven.getFirst());
      Duration within = left.compareTo(config.patience()) < 0 ? left : config.patience();
      PublishedTree.require(peer, known, unproven, within);
      log.proved(unproven);
    } catch (Forked e) {
      log.dismiss(unproven);
      forks.found(peer, e);
      throw e;
    } catch (PublishedTree.NotThere e) {
      log.lacks();
      LOG.debugf(e, "The log of %s has signed more than is published", peer.nation());
    } catch (IOException | SQLException e) {
      LOG.debugf(e, "The published tree of %s cannot be looked at", origin);
    } finally {
      log.proving.unlock();
    }
  }

  private Optional<Seen> cosigned(String origin) throws SQLException {
    try {
      Optional<Note> note = witness.cosigned(origin);
      return note.isEmpty() ? Optional.empty() : Optional.of(Seen.of(note.get()));
    } catch (NoteException e) {
      throw new SQLException("a cosigned checkpoint cannot be read", e);
    }
  }

  private Observed observed(Peer peer, Seen seen) {
    return logs.computeIfAbsent(seen.origin(), ignored -> new Observed(peer.nation()));
  }
}
