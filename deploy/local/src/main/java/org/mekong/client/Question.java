package org.mekong.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.rar.AuthorizationType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.minidev.json.JSONArray;
import org.jspecify.annotations.Nullable;

/**
 * A question about one person: statements to be answered yes or no or fields to be read, by the
 * person's number; or who somebody is, by what is known of them.
 *
 * @param country ISO 3166-1 alpha-2 code of the country that is asked; may be one's own
 * @param kind verify, match, read or search
 * @param purpose a purpose of the agreement, {@code marriage} for instance
 * @param personalNumber the person's number in the country that is asked; null where it is not
 *     known
 * @param predicates the statements; to verify alone
 * @param fields what is wanted of the person; none to verify, and maybe none to match
 * @param known by what somebody is meant, as the gateway's interface writes it; to match and to
 *     search
 * @param officer the pseudonym of the officer who asks, as the agency knows it
 */
public record Question(
    String country,
    String kind,
    String purpose,
    @Nullable String personalNumber,
    List<Predicate> predicates,
    List<String> fields,
    @Nullable JsonNode known,
    String officer) {

  public Question {
    predicates = List.copyOf(predicates);
    fields = List.copyOf(fields);
    boolean byNumber = kind.equals("verify") || kind.equals("read");
    if (byNumber == (personalNumber == null) || byNumber != (known == null)) {
      throw new IllegalArgumentException(
          "who is meant is told by the number, or to match and to search by what is known");
    }
    if (kind.equals("verify") == predicates.isEmpty()
        || (kind.equals("verify") && !fields.isEmpty())
        || (!kind.equals("verify") && !kind.equals("match") && fields.isEmpty())) {
      throw new IllegalArgumentException(
          "ask for statements or for fields: one of the two, and not both");
    }
  }

  /** A question about the person with a number: for statements, or for fields. */
  public Question(
      String country,
      String purpose,
      String personalNumber,
      List<Predicate> predicates,
      List<String> fields,
      String officer) {
    this(
        country,
        predicates.isEmpty() ? "read" : "verify",
        purpose,
        personalNumber,
        predicates,
        fields,
        null,
        officer);
  }

  /** Who is meant by what is known, and these fields of the one. */
  public static Question match(
      String country, String purpose, JsonNode known, List<String> fields, String officer) {
    return new Question(country, "match", purpose, null, List.of(), fields, known, officer);
  }

  /** Who fits what is known, and these fields of each. */
  public static Question search(
      String country, String purpose, JsonNode known, List<String> fields, String officer) {
    return new Question(country, "search", purpose, null, List.of(), fields, known, officer);
  }

  /**
   * One statement about the person, with the parameters that it needs: {@code age_over} needs
   * {@code years}.
   */
  public record Predicate(String name, Map<String, Object> parameters) {
    public Predicate {
      parameters = Map.copyOf(parameters);
    }

    /**
     * Reads what a user types: {@code alive}, {@code age_over=18}, {@code resident_of=LA-SV}.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static Predicate parse(String text) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        return new Predicate(text, Map.of());
      }
      String name = text.substring(0, equals);
      String value = text.substring(equals + 1);
      return switch (name) {
        case "age_over" -> new Predicate(name, Map.of("years", number(text, value)));
        case "resident_of" -> new Predicate(name, Map.of("province", value));
        case "parent_of" -> new Predicate(name, Map.of("personalNumber", value));
        case "name_matches" -> new Predicate(name, Map.of("names", value));
        default -> throw new IllegalArgumentException(name + " takes no value, yet one was given");
      };
    }

    private static int number(String text, String value) {
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            text + ": a number of years was expected, as in age_over=18", e);
      }
    }
  }

  /** The permission that the token must carry for this question (RFC 9396). */
  AuthorizationDetail authorizationDetail() {
    return new AuthorizationDetail.Builder(new AuthorizationType("population_lookup"))
        .field("purpose", purpose)
        .field("countries", array(Stream.of(country)))
        .field("kinds", array(Stream.of(kind)))
        .field("fields", array(asked().stream()))
        .build();
  }

  /** All that is asked for, and all that is asked by: both need to be granted. */
  private Set<String> asked() {
    Set<String> asked = new LinkedHashSet<>();
    predicates.forEach(predicate -> asked.add(predicate.name()));
    asked.addAll(fields);
    if (known != null) {
      known.fieldNames().forEachRemaining(member -> asked.add(SnakeCase.of(member)));
    }
    return asked;
  }

  /** The body of {@code POST /v1/lookups}. */
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("country", country);
    body.put("kind", kind);
    body.put("purpose", purpose);
    if (personalNumber != null) {
      body.put("subject", Map.of("personalNumber", personalNumber));
    }
    if (known != null) {
      body.put("known", known);
    }
    if (!predicates.isEmpty()) {
      body.put("predicates", predicates.stream().map(Question::body).toList());
    }
    if (!fields.isEmpty()) {
      body.put("fields", fields);
    }
    body.put("officer", officer);
    return body;
  }

  private static Map<String, Object> body(Predicate predicate) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", predicate.name());
    body.putAll(predicate.parameters());
    return body;
  }

  public static JSONArray array(Stream<String> values) {
    JSONArray array = new JSONArray();
    array.addAll(new ArrayList<>(values.toList()));
    return array;
  }

  /** Names kind, country and purpose alone: the rest is personal data. */
  @Override
  public String toString() {
    return "Question[" + kind + ", " + country + ", " + purpose + "]";
  }
}
