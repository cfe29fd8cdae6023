package org.mekong.gateway.access.door;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mekong.gateway.http.RefusedAtEdge;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.LogException;
import org.mekong.log.PendingEntry;

/**
 * Tells the log of what was refused at the door. The first request that a rule refuses in a minute
 * is told at once, of each agency; those that follow are counted, and told in one entry when the
 * minute is over. So a flood makes two entries a minute for each rule and agency, and of those at
 * most {@value #MOST}; what is over that is told without its agency. An answer does not wait for
 * its entry: nothing was asked, and nothing was given. What was counted is lost with the process.
 * Thread-safe.
 */
@ApplicationScoped
public class Door {

  static final int MOST = 256;

  private static final Logger LOG = Logger.getLogger(Door.class);

  private final Transactions transactions;
  private final GatewayLog log;
  private final Clock clock;
  private final String nation;
  private final Map<Mark, Tally> tallies = new HashMap<>();

  private record Mark(String rule, String agency, String peer) {}

  private record Tally(Instant since, long times) {}

  @Inject
  Door(
      Transactions transactions,
      GatewayLog log,
      Clock clock,
      @ConfigProperty(name = "mekong.nation") String nation) {
    this.transactions = transactions;
    this.log = log;
    this.clock = clock;
    this.nation = nation;
  }

  /**
   * A request was refused.
   *
   * @param rule one of a closed set; nothing that was sent
   * @param agency whose token was good; empty where none was
   */
  public void refused(UUID requestId, String rule, String agency) {
    refused(requestId, new Mark(rule, agency, ""));
  }

  /**
   * A request of a peer was refused before it was looked at.
   *
   * @param peer its nation
   */
  public void refusedPeer(UUID requestId, String rule, String peer) {
    refused(requestId, new Mark(rule, "", peer));
  }

  private void refused(UUID requestId, Mark exact) {
    Instant now = clock.instant();
    Mark mark = exact;
    synchronized (tallies) {
      if (!tallies.containsKey(mark) && tallies.size() >= MOST) {
        mark = new Mark(exact.rule(), "", "");
      }
      Tally tally = tallies.get(mark);
      if (tally != null) {
        Instant since = tally.times() == 0 ? now : tally.since();
        tallies.put(mark, new Tally(since, tally.times() + 1));
        return;
      }
      tallies.put(mark, new Tally(now, 0));
    }
    DoorEntry entry =
        new DoorEntry(requestId, null, now, nation, exact.agency(), exact.peer(), exact.rule(), 1);
    Thread.startVirtualThread(() -> write(List.of(entry)));
  }

  void refused(@Observes RefusedAtEdge refused) {
    if (!refused.ofPeers()) {
      refused(refused.requestId(), refused.rule(), "");
    }
  }

  void tell(@Observes ShutdownEvent end) {
    tell();
  }

  /** Tells what was counted, and begins anew. */
  @Scheduled(
      every = "60s",
      delayed = "55s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  public void tell() {
    Instant now = clock.instant();
    List<DoorEntry> entries = new ArrayList<>();
    synchronized (tallies) {
      tallies.forEach(
          (mark, tally) -> {
            if (tally.times() > 0) {
              entries.add(
                  new DoorEntry(
                      null,
                      tally.since(),
                      now,
                      nation,
                      mark.agency(),
                      mark.peer(),
                      mark.rule(),
                      tally.times()));
            }
          });
      tallies.clear();
    }
    if (!entries.isEmpty()) {
      write(entries);
    }
  }

  private void write(List<DoorEntry> entries) {
    try {
      List<PendingEntry> appended =
          transactions.in(
              connection -> {
                List<PendingEntry> pending = new ArrayList<>();
                for (DoorEntry entry : entries) {
                  pending.add(log.years().append(connection, entry.encode()));
                }
                return pending;
              });
      appended.forEach(log::await); // which takes them into the tree
    } catch (SQLException | LogException e) {
      LOG.errorf(e, "%d refusals at the door could not be told to the log", entries.size());
    }
  }
}
