package org.mekong.registry.disclosure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of disclosures, newest first.
 *
 * @param next cursor of the next page, absent on the last
 * @param disclosure where the log tells that this list itself was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DisclosurePage(
    List<DisclosureView> disclosures,
    @Nullable String next,
    Disclosed.Trace disclosure,
    String receipt) {

  public DisclosurePage {
    disclosures = List.copyOf(disclosures);
  }

  /** The same with the proofs as the person themself gets them. */
  DisclosurePage ofOneself() {
    return new DisclosurePage(
        disclosures.stream().map(DisclosureView::ofOneself).toList(), next, disclosure, receipt);
  }
}
