package org.mekong.registry.household;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.disclosure.Disclosed;

/**
 * A household on the wire.
 *
 * @param head key of the head, when they are on this page
 * @param members each with {@code id}, {@code relationToHead} and the fields asked for
 * @param next cursor of the next page, absent on the last
 * @param disclosure where the log tells of the first member shown
 * @param receipt proof of that entry, as c2sp.org/tlog-proof
 * @param receipts the same of each member shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HouseholdView(
    UUID id,
    @Nullable LocalDate asOf,
    @Nullable Instant knownAt,
    @Nullable UUID head,
    List<Map<String, Object>> members,
    @Nullable String next,
    Disclosed.Trace disclosure,
    String receipt,
    List<Disclosed.PersonReceipt> receipts) {

  HouseholdView {
    members = List.copyOf(members);
    receipts = List.copyOf(receipts);
  }
}
