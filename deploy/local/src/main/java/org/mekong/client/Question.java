package org.mekong.client;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.rar.AuthorizationType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.minidev.json.JSONArray;

/**
 * A question about one person in another country: either statements to be answered yes or no, or
 * fields to be read.
 *
 * @param country ISO 3166-1 alpha-2 code of the country that is asked
 * @param purpose a purpose of the agreement, {@code marriage} for instance
 * @param personalNumber the person's number in the country that is asked
 * @param predicates the statements; empty where fields are asked
 * @param fields the fields; empty where statements are asked
 * @param officer the pseudonym of the officer who asks, as the agency knows it
 */
public record Question(
    String country,
    String purpose,
    String personalNumber,
    List<Predicate> predicates,
    List<String> fields,
    String officer) {

  public Question {
    predicates = List.copyOf(predicates);
    fields = List.copyOf(fields);
    if (predicates.isEmpty() == fields.isEmpty()) {
      throw new IllegalArgumentException(
          "ask for statements or for fields: one of the two, and not both");
    }
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
        case "name_matches" -> new Predicate(name, Map.of("name", value));
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

  /** {@code verify} or {@code read}. */
  public String kind() {
    return fields.isEmpty() ? "verify" : "read";
  }

  /** The permission that the token must carry for this question (RFC 9396). */
  AuthorizationDetail authorizationDetail() {
    return new AuthorizationDetail.Builder(new AuthorizationType("population_lookup"))
        .field("purpose", purpose)
        .field("countries", array(Stream.of(country)))
        .field("kinds", array(Stream.of(kind())))
        .field(
            "fields",
            array(Stream.concat(predicates.stream().map(Predicate::name), fields.stream())))
        .build();
  }

  /** The body of {@code POST /v1/lookups}. */
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("country", country);
    body.put("kind", kind());
    body.put("purpose", purpose);
    body.put("subject", Map.of("personalNumber", personalNumber));
    if (fields.isEmpty()) {
      body.put("predicates", predicates.stream().map(Question::body).toList());
    } else {
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

  static JSONArray array(Stream<String> values) {
    JSONArray array = new JSONArray();
    array.addAll(new ArrayList<>(values.toList()));
    return array;
  }
}
