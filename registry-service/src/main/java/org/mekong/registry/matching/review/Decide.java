package org.mekong.registry.matching.review;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.pair.Verdict;
import org.mekong.registry.name.NameText;
import org.mekong.registry.problem.Violations;

/**
 * The body of {@code POST /v1/duplicates/{id}/decisions}.
 *
 * @param decision {@code same}, {@code different} or {@code undecided}
 * @param reason why, without personal data
 * @param survivor with {@code same}: whose record stands for both; the older one when left out
 * @param confirmed with {@code same}: why the two are one though their records contradict each
 *     other in sex, date of birth or parents
 * @param revises number of the decision that this one takes the place of; none on a pair that was
 *     never decided
 */
public record Decide(
    @Schema(examples = "different") @Nullable String decision,
    @Nullable String reason,
    @Nullable String survivor,
    @Nullable String confirmed,
    @Nullable Integer revises) {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A decision that was read. */
  record Read(
      Verdict verdict,
      String reason,
      @Nullable UUID survivor,
      @Nullable String confirmed,
      @Nullable Integer revises) {}

  /**
   * Reads the decision.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that breaks a rule
   */
  Read read() {
    Violations violations = new Violations();
    Verdict verdict =
        violations.need(
            "decision",
            decision,
            "known-code",
            "is none of same, different, undecided",
            Verdict::ofCode);
    if (reason == null) {
      violations.add("reason", "required", "is missing");
    }
    text("reason", reason, violations);
    text("confirmed", confirmed, violations);
    UUID key =
        violations.read(
            "survivor",
            survivor,
            "uuid",
            "is no UUID in lower case",
            text ->
                UUID_TEXT.matcher(text).matches()
                    ? Optional.of(UUID.fromString(text))
                    : Optional.empty());
    if (verdict != null && verdict != Verdict.SAME) {
      if (survivor != null) {
        violations.add("survivor", "same-only", "is given for two persons");
      }
      if (confirmed != null) {
        violations.add("confirmed", "same-only", "is given for two persons");
      }
    }
    violations.refuse();
    if (verdict == null || reason == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Read(verdict, reason, key, confirmed, revises);
  }

  private static void text(String field, @Nullable String text, Violations violations) {
    if (text != null) {
      NameText.inText(text, NameText.LONGEST_TEXT)
          .ifPresent(fault -> violations.add(field, fault.rule(), fault.detail()));
    }
  }
}
