package org.mekong.registry.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A body spoilt in one place at a time, and texts that break parsers. */
final class Mutations {

  /** Values in place of a text. */
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a".repeat(10_000),
          "a" + "\u0301".repeat(60),
          "a\u202Eb",
          "a\u200Bb",
          "a\u0000b",
          "\uD800",
          "\uDC00\uD800",
          "\uFFFF",
          "\uE000",
          "😀👩‍👩‍👧",
          "A\u030A\u0323",
          "' or 1=1 --",
          "{\"$ne\":1}",
          "${jndi:ldap://x}",
          "../../etc/passwd",
          "2023-02-30",
          "2023-13",
          "0000",
          "9999-12-31",
          "99999999999",
          "-1",
          "null",
          "ບຸນມີ",
          "0193A5B2-7C11-7D33-9A55-000000000001");

  /** Path parameters and query values, encoded. */
  static final List<String> PARAMETERS =
      List.of(
          "%00",
          "%0d%0aX:1",
          "%20",
          "%27%20or%201%3d1",
          "%F0%9F%98%80",
          "%C0%AF",
          "%ED%A0%80",
          "-1",
          "null",
          "1e999",
          "99999999999999999999",
          "2023-02-30",
          "0193a5b2-7c11-7d33-9a55-0000000000ee",
          "0193A5B2-7C11-7D33-9A55-000000000001",
          "a".repeat(2_000));

  /** Escapes, so that half a surrogate pair stays one. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Mutations() {}

  /** Bodies by what was done to them. */
  static Map<String, String> of(JsonNode body) throws JsonProcessingException {
    Map<String, String> mutations = new LinkedHashMap<>();
    String text = body.toString();
    mutations.put("empty", "");
    mutations.put("truncated", text.substring(0, text.length() / 2));
    mutations.put("twice", text + text);
    mutations.put("array", "[" + text + "]");
    mutations.put("duplicate member", text.replaceFirst("\\{(\"[^\"]+\":)", "{$1null,$1"));
    mutations.put("unknown member", text.replaceFirst("\\{", "{\"x\\u0000\":1,"));
    mutations.put("deep", text.replaceFirst("\\{", "{\"x\":" + "[".repeat(10_000) + ","));
    for (Place place : places(body)) {
      place.into(body, mutations);
    }
    return mutations;
  }

  /**
   * One value in a body.
   *
   * @param path members and indexes that lead to it
   */
  private record Place(List<Object> path, JsonNode value) {

    void into(JsonNode body, Map<String, String> mutations) throws JsonProcessingException {
      mutations.put(path + " dropped", replaced(body, null));
      put(body, "null", NODES.nullNode(), mutations);
      put(body, "number", NODES.numberNode(7), mutations);
      put(body, "huge number", NODES.numberNode(new BigInteger("9".repeat(40))), mutations);
      put(body, "fraction", NODES.numberNode(0.5), mutations);
      put(body, "boolean", NODES.booleanNode(true), mutations);
      put(body, "object", NODES.objectNode(), mutations);
      put(body, "array", NODES.arrayNode().addNull(), mutations);
      ArrayNode many = NODES.arrayNode();
      for (int i = 0; i < 200; i++) {
        many.add(value);
      }
      put(body, "two hundred", many, mutations);
      if (value.isTextual()) {
        for (int i = 0; i < TEXTS.size(); i++) {
          put(body, "text " + i, NODES.textNode(TEXTS.get(i)), mutations);
        }
      }
    }

    private void put(JsonNode body, String what, JsonNode with, Map<String, String> mutations)
        throws JsonProcessingException {
      mutations.put(path + " " + what, replaced(body, with));
    }

    private String replaced(JsonNode body, @Nullable JsonNode with) throws JsonProcessingException {
      JsonNode copy = body.deepCopy();
      JsonNode parent = copy;
      for (Object step : path.subList(0, path.size() - 1)) {
        parent = step instanceof Integer index ? parent.get(index) : parent.get((String) step);
      }
      Object last = path.getLast();
      if (parent instanceof ObjectNode object && last instanceof String member) {
        if (with == null) {
          object.remove(member);
        } else {
          object.set(member, with);
        }
      } else if (parent instanceof ArrayNode array && last instanceof Integer index) {
        if (with == null) {
          array.remove(index);
        } else {
          array.set(index, with);
        }
      }
      return JSON.writeValueAsString(copy);
    }
  }

  private static List<Place> places(JsonNode body) {
    List<Place> places = new ArrayList<>();
    walk(body, List.of(), places);
    return places;
  }

  private static void walk(JsonNode node, List<Object> path, List<Place> places) {
    if (!path.isEmpty()) {
      places.add(new Place(path, node));
    }
    if (node.isObject()) {
      node.fields().forEachRemaining(e -> walk(e.getValue(), plus(path, e.getKey()), places));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(node.get(i), plus(path, i), places);
      }
    }
  }

  private static List<Object> plus(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  /** A path with each of its parameters replaced. */
  static List<String> paths(String template, UnaryOperator<String> example) {
    List<String> paths = new ArrayList<>();
    if (template.contains("{")) {
      for (String value : PARAMETERS) {
        paths.add(template.replaceAll("\\{[^}]+}", value));
      }
    }
    paths.add(example.apply(template));
    return paths;
  }
}
