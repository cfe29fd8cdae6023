package org.mekong.gateway.exchange.past;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What this replica has seen of one log of a peer. Safe for many threads. */
final class Observed {

  /** More than come in the longest time for which receipts are taken unproven. */
  private static final int MOST = 50_000;

  /** Held by whoever looks the checkpoints up. */
  final ReentrantLock proving = new ReentrantLock();

  private final String nation;
  private final Map<String, Held> unproven = new LinkedHashMap<>();
  private @Nullable Seen head;
  private @Nullable Long tried;
  private boolean lacking;

  private record Held(Seen seen, long since) {}

  Observed(String nation) {
    this.nation = nation;
  }

  /** Whose log it is. */
  String nation() {
    return nation;
  }

  /**
   * Notes a checkpoint.
   *
   * @param now nanoseconds of a clock that only goes forward
   * @return whether there is anything to look up
   */
  synchronized boolean note(Seen seen, long now) {
    if (head != null && head.checkpoint().equals(seen.checkpoint())) {
      return false;
    }
    if (unproven.size() < MOST) {
      unproven.putIfAbsent(key(seen), new Held(seen, now));
    }
    return true;
  }

  /** Whether it is time to look up what was noted; then nobody else does before the next time. */
  synchronized boolean isDue(Duration every, long now) {
    if (unproven.isEmpty() || tried != null && now - tried < every.toNanos()) {
      return false;
    }
    tried = now;
    return true;
  }

  /** What was noted and not looked up. */
  synchronized List<Seen> unproven() {
    return new ArrayList<>(unproven.values().stream().map(Held::seen).toList());
  }

  /** The largest that was proved. */
  synchronized Optional<Seen> head() {
    return Optional.ofNullable(head);
  }

  /** The published tree does not hold all that the log has signed. */
  synchronized void lacks() {
    lacking = true;
  }

  /** Whether the published tree did not hold all when it was last looked at. */
  synchronized boolean isLacking() {
    return lacking;
  }

  /** These are of one past. */
  synchronized void proved(List<Seen> seen) {
    lacking = false;
    for (Seen each : seen) {
      unproven.remove(key(each));
      if (head == null || each.size() >= head.size()) {
        head = each;
      }
    }
  }

  /** These are not; what was known before stays. */
  synchronized void dismiss(List<Seen> seen) {
    lacking = false;
    seen.forEach(each -> unproven.remove(key(each)));
  }

  /** For how long the first of those that were not looked up has waited. */
  synchronized Duration waited(long now) {
    return unproven.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(now - unproven.values().iterator().next().since());
  }

  private static String key(Seen seen) {
    return seen.size() + " " + Base64.getEncoder().encodeToString(seen.checkpoint().root());
  }
}
