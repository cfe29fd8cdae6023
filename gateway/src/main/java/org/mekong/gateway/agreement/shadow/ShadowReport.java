package org.mekong.gateway.agreement.shadow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version in shadow would change.
 *
 * @param running whether it is tried now
 * @param since when it was put in shadow; absent while it is not
 * @param decisions how many were made beside it
 * @param changed how many of them would have been others
 * @param changes most frequent first; without those that stay the same
 */
@JsonInclude(Include.NON_NULL)
public record ShadowReport(
    String id,
    int version,
    boolean running,
    @Nullable Instant since,
    long decisions,
    long changed,
    List<Change> changes) {

  public ShadowReport {
    changes = List.copyOf(changes);
  }

  /**
   * One way in which decisions would change.
   *
   * @param from nation that asks
   * @param to nation that is asked
   * @param rule that decides now
   * @param shadowRule that would decide
   */
  public record Change(
      String from,
      String to,
      String purpose,
      String agencyClass,
      String kind,
      String rule,
      String shadowRule,
      Effect effect,
      long count) {}
}
