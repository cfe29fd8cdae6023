package org.mekong.registry.permission.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CallerRole;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.purpose.PurposeBody;

/**
 * A rule of permission as it is sent, kept and shown.
 *
 * @param effect {@code permit}, also when left out, or {@code limit}
 * @param requester whom it is about; anybody when left out
 * @param kinds of question; every kind when left out
 * @param sensitiveFields names of sensitive fields
 * @param visibilityDelay ISO 8601 in days, hours, minutes and seconds, as in {@code P90D}
 */
@Schema(name = "Permission")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleBody(
    @Nullable String code,
    @Nullable String description,
    @Nullable String effect,
    @Nullable RequesterPattern requester,
    @Nullable List<@Nullable String> kinds,
    @Nullable String purpose,
    @Nullable List<@Nullable String> fieldSets,
    @Nullable List<@Nullable String> sensitiveFields,
    @Nullable Boolean needsLegalBasis,
    @Nullable String visibilityDelay) {

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}");
  private static final Duration LONGEST = Duration.ofDays(3_660);
  private static final int MOST = 32;

  /** Whom a rule is about; what is left out is anybody's. */
  @Schema(name = "PermissionRequester")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RequesterPattern(
      @Nullable String agency, @Nullable String agencyClass, @Nullable String role) {}

  /**
   * Reads the rule.
   *
   * @param policy what it may name; none where it was read before
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that breaks a rule
   */
  public Rule read(@Nullable Policy policy) {
    Violations violations = new Violations();
    String word = PurposeBody.code(code, violations);
    String words = PurposeBody.text("description", description, violations);
    Effect does =
        violations.read(
            "effect", effect, "known-code", "is neither permit nor limit", Effect::ofCode);
    Rule.Who who = who(violations);
    Set<Kind> asked = codes("kinds", kinds, "is no kind of question", Kind::ofCode, violations);
    String wanted =
        violations.need(
            "purpose",
            purpose,
            "known-code",
            "is no purpose of this register",
            text -> known(text, policy == null || policy.purpose(text).isPresent()));
    Set<String> sets =
        codes(
            "fieldSets",
            fieldSets,
            "is no field set of this register",
            text -> known(text, policy == null || policy.hasFieldSet(text)),
            violations);
    Set<String> sensitive =
        codes(
            "sensitiveFields",
            sensitiveFields,
            "is no sensitive field",
            text -> known(text, Askable.SENSITIVE.contains(text)),
            violations);
    boolean permits = does != Effect.LIMIT;
    if (permits && violations.isEmpty() && sets.isEmpty() && sensitive.isEmpty()) {
      violations.add("fieldSets", "required", "is missing, as is sensitiveFields");
    }
    Duration delay =
        violations.read(
            "visibilityDelay",
            visibilityDelay,
            "duration",
            "is no duration as in P90D, of at most ten years",
            RuleBody::delay);
    violations.refuse();
    if (word == null || words == null || wanted == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Rule(
        word,
        words,
        permits ? Effect.PERMIT : Effect.LIMIT,
        who,
        asked,
        wanted,
        new ArrayList<>(sets),
        sensitive,
        Boolean.TRUE.equals(needsLegalBasis),
        delay == null ? Duration.ZERO : delay);
  }

  private Rule.Who who(Violations violations) {
    if (requester == null) {
      return new Rule.Who(null, null, null);
    }
    return new Rule.Who(
        reference("requester.agency", requester.agency, violations),
        reference("requester.agencyClass", requester.agencyClass, violations),
        violations.read(
            "requester.role",
            requester.role,
            "known-code",
            "is none of agency, officer, gateway",
            CallerRole::ofCode));
  }

  /** Reads what an agency, a class of agencies or an officer is called. */
  public static @Nullable String reference(
      String field, @Nullable String value, Violations violations) {
    return violations.read(
        field,
        value,
        "reference",
        "is no reference of at most 128 signs",
        text -> known(text, REFERENCE.matcher(text).matches()));
  }

  private static <T> Set<T> codes(
      String field,
      @Nullable List<@Nullable String> given,
      String detail,
      Function<String, Optional<T>> reader,
      Violations violations) {
    Set<T> codes = new LinkedHashSet<>();
    List<@Nullable String> all = given == null ? List.of() : given;
    if (all.size() > MOST) {
      violations.add(field, "size", "holds more than " + MOST);
      return codes;
    }
    for (int i = 0; i < all.size(); i++) {
      String at = field + "[" + i + "]";
      T code = violations.need(at, all.get(i), "known-code", detail, reader);
      if (code != null && !codes.add(code)) {
        violations.add(at, "unique", "is given twice");
      }
    }
    return codes;
  }

  private static Optional<Duration> delay(String text) {
    try {
      Duration delay = Duration.parse(text);
      return Optional.of(delay).filter(d -> !d.isNegative() && d.compareTo(LONGEST) <= 0);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> known(String text, boolean isKnown) {
    return isKnown ? Optional.of(text) : Optional.empty();
  }
}
