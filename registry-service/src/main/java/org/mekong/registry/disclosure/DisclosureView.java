package org.mekong.registry.disclosure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.log.PendingEntry;

/**
 * A disclosure as its person sees it.
 *
 * @param commitment what stands for the person in the log's entry
 * @param receipt proof that the entry stands in the log, as c2sp.org/tlog-proof; absent when the
 *     entry was pruned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DisclosureView(
    UUID id,
    Instant time,
    String requestId,
    String kind,
    String country,
    @Nullable String agency,
    @Nullable String officer,
    String purpose,
    @Nullable String legalBasis,
    List<String> fields,
    String outcome,
    String commitment,
    @JsonIgnore PendingEntry entry,
    @Nullable String receipt) {

  DisclosureView with(@Nullable String proof) {
    return new DisclosureView(
        id,
        time,
        requestId,
        kind,
        country,
        agency,
        officer,
        purpose,
        legalBasis,
        fields,
        outcome,
        commitment,
        entry,
        proof);
  }
}
