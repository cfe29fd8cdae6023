package org.mekong.gateway.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.Asynchronous;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.agreement.Question;

/**
 * The payload of a request JWS ({@code typ} {@value #TYPE}): everything that the answering nation
 * needs to decide, and everything that both need as evidence. Members in snake case.
 *
 * @param requestId the same from end to end; a repeat bears it too
 * @param iat when it was signed, seconds since 1970
 * @param nonce 128 random bits, base64url: used once, and the salt of this message's digest
 * @param from nation that asks
 * @param to nation that is asked
 * @param agency id of the asking agency
 * @param agencyClass its class
 * @param officer pseudonym of the officer who asks
 * @param purpose why
 * @param legalBasis the asking nation's legal basis
 * @param kind how
 * @param subject about whom, for {@code verify} and {@code read}, else absent
 * @param predicates for {@code verify}, else absent
 * @param fields what is to be given of a person; absent for {@code verify}, and may be absent for
 *     {@code match}
 * @param known by what somebody is meant, for {@code match} and {@code search}, else absent
 * @param agreement what it is asked under
 * @param expires until when it may come, seconds since 1970; absent: it has to come at once
 */
@JsonInclude(Include.NON_NULL)
public record ExchangeRequest(
    UUID requestId,
    long iat,
    String nonce,
    String from,
    String to,
    String agency,
    String agencyClass,
    String officer,
    String purpose,
    String legalBasis,
    LookupKind kind,
    @Nullable Subject subject,
    @Nullable List<Predicate> predicates,
    @Nullable List<String> fields,
    @Nullable Known known,
    AgreementReference agreement,
    @Nullable Long expires) {

  /** The {@code typ} of a request JWS. */
  public static final String TYPE = "mekong-request+jwt";

  private static final Pattern NONCE = Pattern.compile("[0-9A-Za-z_-]{22}");
  private static final Pattern NATION = Pattern.compile("[A-Z]{2}");
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,127}");
  private static final Pattern OFFICER = Pattern.compile("[0-9A-Za-z_-][0-9A-Za-z._-]{0,127}");
  private static final Pattern FIELD = Pattern.compile("[a-z]+(_[a-z]+){0,5}");
  private static final int LONGEST_BASIS = 500;
  private static final int MOST_FIELDS = 32;

  public ExchangeRequest {
    require(requestId != null, "request_id");
    require(iat > 0, "iat");
    require(
        expires == null || (expires > iat && expires - iat <= Asynchronous.LONGEST.toSeconds()),
        "expires");
    matches(NONCE, nonce, "nonce");
    matches(NATION, from, "from");
    matches(NATION, to, "to");
    matches(NAME, agency, "agency");
    matches(NAME, agencyClass, "agency_class");
    matches(OFFICER, officer, "officer");
    matches(NAME, purpose, "purpose");
    require(legalBasis != null && legalBasis.length() <= LONGEST_BASIS, "legal_basis");
    require(kind != null, "kind");
    require(agreement != null && agreement.id() != null, "agreement");
    predicates = predicates == null ? null : List.copyOf(predicates);
    fields = fields == null ? null : List.copyOf(fields);
    Known.check(kind, known);
    require((subject != null) == (known == null), "subject");
    switch (kind) {
      case VERIFY -> require(predicates != null && fields == null, "predicates");
      case READ, SEARCH -> require(fields != null && predicates == null, "fields");
      case MATCH -> require(predicates == null, "predicates");
    }
    List<String> names = names(predicates, fields);
    require(
        (!names.isEmpty() || kind == LookupKind.MATCH) && names.size() <= MOST_FIELDS,
        "predicates or fields");
    require(Set.copyOf(names).size() == names.size(), "predicates or fields");
    names.forEach(name -> matches(FIELD, name, "fields"));
  }

  /** The names of the predicates or fields that are asked for, in their order. */
  public List<String> names() {
    return names(predicates, fields);
  }

  /** What the agreement decides on: all that is asked for, and all that is asked by. */
  public Question question() {
    Set<String> asked = new TreeSet<>(names());
    if (known != null) {
      asked.addAll(known.fields());
    }
    return new Question(from, to, agency, agencyClass, purpose, kind, asked);
  }

  private static List<String> names(
      @Nullable List<Predicate> predicates, @Nullable List<String> fields) {
    if (predicates != null) {
      return predicates.stream().map(Predicate::name).toList();
    }
    return fields == null ? List.of() : fields;
  }

  private static void matches(Pattern pattern, @Nullable String value, String member) {
    require(value != null && pattern.matcher(value).matches(), member);
  }

  private static void require(boolean condition, String member) {
    if (!condition) {
      throw new IllegalArgumentException(member + " is missing or is not as agreed");
    }
  }
}
