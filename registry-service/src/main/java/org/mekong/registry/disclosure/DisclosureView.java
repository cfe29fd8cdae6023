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
 * @param kind {@code own} where the person looked themself
 * @param commitment what stands for the person in the log's entry
 * @param proof path of the proof that the entry stands in the log
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
    String proof,
    @JsonIgnore PendingEntry entry) {

  public DisclosureView {
    fields = List.copyOf(fields);
  }

  /** The same with the path of the proof as the person themself gets it. */
  DisclosureView ofOneself() {
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
        OwnDisclosureResource.PATH + "/" + id + "/proof",
        entry);
  }
}
