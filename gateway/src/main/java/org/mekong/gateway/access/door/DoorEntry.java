package org.mekong.gateway.access.door;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.log.entry.CanonicalJson;

/**
 * An entry of the log on requests that were refused before they were questions. It holds nothing
 * that was sent.
 *
 * @param requestId of the one request; null for several
 * @param since when the first of several came; null for one
 * @param time when it, or the last of several, was told
 * @param nation of this gateway
 * @param agency whose token was good; empty where none was
 * @param peer whose certificate was good; empty where none was
 * @param rule that refused
 * @param times how many
 */
record DoorEntry(
    @Nullable UUID requestId,
    @Nullable Instant since,
    Instant time,
    String nation,
    String agency,
    String peer,
    String rule,
    long times) {

  private static final int VERSION = 1;

  /** The entry as it stands in the log: canonical JSON (RFC 8785), absent members left out. */
  byte[] encode() {
    Map<String, Object> members = new TreeMap<>();
    members.put("version", VERSION);
    members.put("kind", "refused");
    members.put("time", text(time));
    members.put("nation", nation);
    members.put("rule", rule);
    members.put("times", times);
    if (!agency.isEmpty()) {
      members.put("agency", agency);
    }
    if (!peer.isEmpty()) {
      members.put("peer", peer);
    }
    if (requestId != null) {
      members.put("request_id", requestId.toString());
    }
    if (since != null) {
      members.put("since", text(since));
    }
    return CanonicalJson.write(members);
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
