package org.mekong.gateway.lookup;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.agreement.Vocabulary;
import org.mekong.gateway.json.TextDuration;
import org.mekong.gateway.message.Predicate;
import org.mekong.gateway.message.Subject;

/**
 * A question of an agency.
 *
 * @param country which nation is asked, ISO 3166-1 alpha-2
 * @param kind how
 * @param purpose why
 * @param subject about whom
 * @param predicates for {@code verify}: 1 to 32 statements, each once
 * @param fields for {@code read}: 1 to 32 fields, each once
 * @param officer pseudonym of the officer who asks, not a name
 * @param deadline within which an answer is of use, ISO 8601
 */
public record LookupRequest(
    String country,
    LookupKind kind,
    String purpose,
    Subject subject,
    @Nullable List<Predicate> predicates,
    @Nullable List<String> fields,
    String officer,
    @JsonDeserialize(using = TextDuration.class) @Nullable Duration deadline) {

  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Pattern PURPOSE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+){0,8}");
  private static final Pattern OFFICER = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,127}");
  private static final int LONGEST_PURPOSE = 64;
  private static final int MOST = 32;

  public LookupRequest {
    require(country != null && COUNTRY.matcher(country).matches(), "country: two capital letters");
    require(kind != null, "kind: verify or read");
    require(
        purpose != null
            && purpose.length() <= LONGEST_PURPOSE
            && PURPOSE.matcher(purpose).matches(),
        "purpose: lower case words with hyphens between");
    require(subject != null, "subject: needed");
    require(
        officer != null && OFFICER.matcher(officer).matches(),
        "officer: a pseudonym of up to 128 letters, digits, '.', '_' and '-'");
    predicates = predicates == null ? null : List.copyOf(predicates);
    fields = fields == null ? null : List.copyOf(fields);
    switch (kind) {
      case VERIFY ->
          require(predicates != null && fields == null, "predicates: needed to verify, not fields");
      case READ ->
          require(fields != null && predicates == null, "fields: needed to read, not predicates");
    }
    List<String> names = names(predicates, fields);
    require(
        !names.isEmpty() && names.size() <= MOST && Set.copyOf(names).size() == names.size(),
        "predicates or fields: 1 to " + MOST + ", each once");
    require(
        Vocabulary.of(kind).containsAll(names),
        "predicates or fields: one of them is not known; known are " + known(kind));
  }

  /** The names of the predicates or fields, in the order asked. */
  public List<String> names() {
    return names(predicates, fields);
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
