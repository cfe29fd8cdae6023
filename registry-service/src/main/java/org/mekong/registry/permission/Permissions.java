package org.mekong.registry.permission;

import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Caller;
import org.mekong.registry.caller.CallerConfig;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Grant;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.name.NameText;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.RequestId;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.purpose.Purposes;

/**
 * What the caller of this request may ask. Forbidden by default: an agency may what its token names
 * for the purpose, the gateway what its agreement let through, and neither a sensitive field that
 * was not granted by name. Nothing here looks at the person, so no refusal tells of them.
 */
@RequestScoped
public class Permissions {

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}");

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final CurrentCaller caller;
  private final Purposes purposes;
  private final NationProfile profile;
  private final Set<String> gatewaySensitive;
  private final RequestId requestId;

  Permissions(
      CurrentCaller caller,
      Purposes purposes,
      NationProfile profile,
      CallerConfig config,
      RequestId requestId) {
    this.caller = caller;
    this.purposes = purposes;
    this.profile = profile;
    this.gatewaySensitive = config.gateway().sensitiveFields().orElse(Set.of());
    this.requestId = requestId;
  }

  /** The fields that the caller's token grants for a purpose; nothing for the gateway. */
  public Set<String> granted(Kind kind, String purpose) {
    return caller.get() instanceof Caller.Agency agency
        ? covering(agency, kind, purpose).stream()
            .flatMap(grant -> grant.fields().stream())
            .collect(Collectors.toSet())
        : Set.of();
  }

  /**
   * Admits a question.
   *
   * @param sensitive those of the fields that need a grant by name
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when it may not be asked
   */
  public Enquiry admit(
      Kind kind,
      @Nullable String purpose,
      List<String> fields,
      Set<String> sensitive,
      @Nullable String legalBasis,
      @Nullable RequesterBody requester) {
    if (purpose == null) {
      throw Problem.invalid("purpose", "required", "is missing");
    }
    if (!purposes.isKnown(purpose)) {
      throw Problem.UNKNOWN_PURPOSE.because("The purpose is none of this register's.");
    }
    return switch (caller.get()) {
      case Caller.Agency agency -> {
        if (requester != null) {
          throw Problem.invalid("requester", "gateway-only", "is for the gateway alone");
        }
        Grant grant = admitAgency(agency, kind, purpose, fields);
        String basis = grant.legalBasis() == null ? basis(legalBasis) : grant.legalBasis();
        yield new Enquiry(
            kind,
            purpose,
            new Requester(
                requestId.value(), profile.nation().name(), agency.agency(), null, basis, null),
            fields);
      }
      case Caller.Gateway gateway -> {
        admitGateway(fields, sensitive);
        yield new Enquiry(kind, purpose, behindGateway(requester, legalBasis), fields);
      }
    };
  }

  private List<Grant> covering(Caller.Agency agency, Kind kind, String purpose) {
    return agency.grants().stream()
        .filter(grant -> grant.covers(purpose, kind, profile.nation().name()))
        .toList();
  }

  private Grant admitAgency(Caller.Agency agency, Kind kind, String purpose, List<String> fields) {
    List<Grant> grants = covering(agency, kind, purpose);
    String rule = "grant/" + purpose + "/" + kind.code();
    if (grants.isEmpty()) {
      throw Problem.PURPOSE_NOT_GRANTED.because(
          "The token grants no question of this kind for the purpose.", rule);
    }
    Set<String> granted = granted(kind, purpose);
    Optional<String> missing = fields.stream().filter(f -> !granted.contains(f)).findFirst();
    if (missing.isPresent()) {
      throw Problem.PURPOSE_NOT_GRANTED.because(
          "The token does not grant " + missing.get() + " for the purpose.",
          rule + "/" + missing.get());
    }
    return grants.getFirst();
  }

  private void admitGateway(List<String> fields, Set<String> sensitive) {
    for (String field : fields) {
      if (sensitive.contains(field) && !gatewaySensitive.contains(field)) {
        throw Problem.FORBIDDEN.because(
            "The field is sensitive and this register does not give it across the border.",
            "registry.gateway.sensitive-fields/" + field);
      }
    }
  }

  private static Requester behindGateway(
      @Nullable RequesterBody body, @Nullable String legalBasis) {
    if (body == null) {
      throw Problem.invalid("requester", "required", "is missing");
    }
    Violations violations = new Violations();
    String id =
        violations.need(
            "requester.requestId",
            body.requestId(),
            "uuid",
            "is no UUID in lower case",
            text -> UUID_TEXT.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    String agency = reference("requester.agency", body.agency(), violations);
    String officer =
        body.officer() == null ? null : reference("requester.officer", body.officer(), violations);
    String country = body.country();
    if (country == null || !NationProfile.isCountry(country)) {
      violations.add("requester.country", "known-code", "is no ISO 3166-1 alpha-2 code");
    }
    Instant visibleAfter =
        violations.read(
            "requester.visibleAfter",
            body.visibleAfter(),
            "instant",
            "is no RFC 3339 instant",
            Permissions::instant);
    violations.refuse();
    String basis = basis(body.legalBasis() == null ? legalBasis : body.legalBasis());
    if (id == null || agency == null || country == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Requester(id, country, agency, officer, basis, visibleAfter);
  }

  private static @Nullable String reference(
      String field, @Nullable String value, Violations violations) {
    return violations.need(
        field,
        value,
        "reference",
        "is no reference of at most 128 signs",
        text -> REFERENCE.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  private static @Nullable String basis(@Nullable String legalBasis) {
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
