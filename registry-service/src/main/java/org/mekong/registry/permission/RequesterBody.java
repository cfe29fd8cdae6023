package org.mekong.registry.permission;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.policy.RuleBody;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;

/**
 * Who stands behind a request of the gateway, as a member of its body.
 *
 * @param requestId the exchange's id on the gateways' side
 * @param country nation of the asking agency
 * @param officer pseudonym of the officer who asked
 * @param visibleAfter RFC 3339 instant before which the person does not see the disclosure
 */
public record RequesterBody(
    @Nullable String requestId,
    @Nullable String country,
    @Nullable String agency,
    @Nullable String agencyClass,
    @Nullable String officer,
    @Nullable String legalBasis,
    @Nullable String visibleAfter) {

  /** As an issuer names somebody pairwise: base64url may begin with any of its signs. */
  private static final Pattern OFFICER = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._:@/-]{0,127}");

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * Reads who asks through the gateway.
   *
   * @param legalBasis this nation's own basis, which counts where the asking agency names none
   */
  static Requester read(@Nullable RequesterBody body, @Nullable String legalBasis) {
    if (body == null) {
      throw Problem.invalid("requester", "required", "is missing");
    }
    Violations violations = new Violations();
    String id =
        violations.need(
            "requester.requestId",
            body.requestId,
            "uuid",
            "is no UUID in lower case",
            text -> UUID_TEXT.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    if (body.agency == null) {
      violations.add("requester.agency", "required", "is missing");
    }
    String agency = RuleBody.reference("requester.agency", body.agency, violations);
    RuleBody.reference("requester.agencyClass", body.agencyClass, violations);
    String officer =
        violations.read(
            "requester.officer",
            body.officer,
            "reference",
            "is no pseudonym of at most 128 signs",
            text -> OFFICER.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    String country = body.country;
    if (country == null || !NationProfile.isCountry(country)) {
      violations.add("requester.country", "known-code", "is no ISO 3166-1 alpha-2 code");
    }
    Instant visibleAfter =
        violations.read(
            "requester.visibleAfter",
            body.visibleAfter,
            "instant",
            "is no RFC 3339 instant",
            RequesterBody::instant);
    violations.refuse();
    String basis = basis(body.legalBasis == null ? legalBasis : body.legalBasis);
    if (id == null || agency == null || country == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Requester(id, country, agency, officer, basis, visibleAfter);
  }

  /** Reads a legal basis. */
  static @Nullable String basis(@Nullable String legalBasis) {
    if (legalBasis != null) {
      NameText.inText(legalBasis, NameText.LONGEST_TEXT)
          .ifPresent(
              fault -> {
                throw Problem.invalid("legalBasis", fault.rule(), fault.detail());
              });
    }
    return legalBasis;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
