package org.mekong.gateway.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.agreement.Vocabulary;
import org.mekong.gateway.json.TextDuration;
import org.mekong.gateway.message.Known;
import org.mekong.gateway.message.Predicate;
import org.mekong.gateway.message.Subject;

/**
 * A question of an agency.
 *
 * @param country which nation is asked, ISO 3166-1 alpha-2
 * @param kind how
 * @param purpose why
 * @param subject about whom; to verify and to read
 * @param predicates to verify: 1 to 32 statements, each once
 * @param fields what is wanted of a person: 1 to 32 fields, each once; may be left out to match
 * @param known by what somebody is meant; to match and to search
 * @param officer pseudonym of the officer who asks, not a name; may be left out where the token
 *     names one
 * @param deadline within which an answer is of use, ISO 8601
 */
public record LookupRequest(
    String country,
    LookupKind kind,
    String purpose,
    @Nullable Subject subject,
    @Nullable List<Predicate> predicates,
    @Nullable List<String> fields,
    @JsonInclude(Include.NON_NULL) @Nullable Known known,
    @Nullable String officer,
    @JsonDeserialize(using = TextDuration.class) @Nullable Duration deadline) {

  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Pattern PURPOSE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+){0,8}");
  private static final Pattern OFFICER = Pattern.compile("[0-9A-Za-z_-][0-9A-Za-z._-]{0,127}");
  private static final int LONGEST_PURPOSE = 64;
  private static final int MOST = 32;

  public LookupRequest {
    require(country != null && COUNTRY.matcher(country).matches(), "country: two capital letters");
    require(kind != null, "kind: verify, match, read or search");
    require(
        purpose != null
            && purpose.length() <= LONGEST_PURPOSE
            && PURPOSE.matcher(purpose).matches(),
        "purpose: lower case words with hyphens between");
    Known.check(kind, known);
    require(
        (subject != null) == (known == null),
        "subject: needed to verify and to read, not with known");
    require(
        officer == null || OFFICER.matcher(officer).matches(),
        "officer: a pseudonym of up to 128 letters, digits, '.', '_' and '-'");
    predicates = predicates == null ? null : List.copyOf(predicates);
    fields = fields == null ? null : List.copyOf(fields);
    switch (kind) {
      case VERIFY ->
          require(predicates != null && fields == null, "predicates: needed to verify, not fields");
      case READ, SEARCH ->
          require(
              fields != null && predicates == null,
              "fields: needed to read and to search, not predicates");
      case MATCH -> require(predicates == null, "predicates: are to verify");
    }
    List<String> names = names(predicates, fields);
    require(
        (!names.isEmpty() || kind == LookupKind.MATCH)
            && names.size() <= MOST
            && Set.copyOf(names).size() == names.size(),
        "predicates or fields: 1 to " + MOST + ", each once");
    require(
        Vocabulary.of(kind).containsAll(names),
        "predicates or fields: one of them is not known; known are " + known(kind));
  }

  /** The names of the predicates or fields that are asked for, in their order. */
  public List<String> names() {
    return names(predicates, fields);
  }

  /** The same by an officer, where it names none. */
  public LookupRequest by(@Nullable String officerOfToken) {
    return officer != null || officerOfToken == null
        ? this
        : new LookupRequest(
            country, kind, purpose, subject, predicates, fields, known, officerOfToken, deadline);
  }

  /** The same with another time for it, or with none. */
  public LookupRequest within(@Nullable Duration time) {
    return new LookupRequest(
        country, kind, purpose, subject, predicates, fields, known, officer, time);
  }

  /** All that is asked for, and all that is asked by. */
  Set<String> asked() {
    Set<String> asked = new TreeSet<>(names());
    if (known != null) {
      asked.addAll(known.fields());
    }
    return asked;
  }

  private static List<String> names(
      @Nullable List<Predicate> predicates, @Nullable List<String> fields) {
    if (predicates != null) {
      return predicates.stream().map(Predicate::name).toList();
    }
    return fields == null ? List.of() : fields;
  }

  private static String known(LookupKind kind) {
    return String.join(", ", Vocabulary.of(kind).stream().sorted().toList());
  }

  private static void require(boolean condition, String fault) {
    if (!condition) {
      throw new IllegalArgumentException(fault);
    }
  }
}
