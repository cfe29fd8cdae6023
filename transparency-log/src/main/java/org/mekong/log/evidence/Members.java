package org.mekong.log.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.log.entry.Json;
import org.mekong.log.entry.JsonException;

/**
 * The members of a JSON object that nobody vouches for.
 *
 * @param part of the bundle that they stand in, for messages
 */
record Members(String part, Map<String, @Nullable Object> all) {

  static Members parse(String part, byte[] json) throws EvidenceException {
    try {
      return new Members(part, Json.object(json));
    } catch (JsonException e) {
      throw new EvidenceException(part, e);
    }
  }

  /** A text that has to be there. */
  String text(String name) throws EvidenceException {
    return optionalText(name).orElseThrow(() -> wrong("there is no text " + name));
  }

  Optional<String> optionalText(String name) throws EvidenceException {
    Object value = all.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw wrong(name + " is not a text");
  }

  long number(String name) throws EvidenceException {
    if (all.get(name) instanceof Long number) {
      return number;
    }
    throw wrong("there is no whole number " + name);
  }

  Members object(String name) throws EvidenceException {
    return optionalObject(name).orElseThrow(() -> wrong("there is no object " + name));
  }

  Optional<Members> optionalObject(String name) throws EvidenceException {
    Object value = all.get(name);
    return value == null ? Optional.empty() : Optional.of(object(value, name));
  }

  /** The objects of a list; none when it is absent. */
  List<Members> objects(String name) throws EvidenceException {
    List<Members> objects = new ArrayList<>();
    for (Object each : list(name)) {
      objects.add(object(each, name));
    }
    return objects;
  }

  /** The texts of a list; none when it is absent. */
  List<String> texts(String name) throws EvidenceException {
    List<String> texts = new ArrayList<>();
    for (Object each : list(name)) {
      if (!(each instanceof String text)) {
        throw wrong(name + " holds something that is not a text");
      }
      texts.add(text);
    }
    return texts;
  }

  private List<?> list(String name) throws EvidenceException {
    Object value = all.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(name + " is not a list");
  }

  private Members object(@Nullable Object value, String name) throws EvidenceException {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(name + " is not an object");
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put(String.valueOf(key), member));
    return new Members(part, members);
  }

  /** Refuses unless a text is the expected one. */
  void require(String name, String expected, String whose) throws EvidenceException {
    if (!text(name).equals(expected)) {
      throw wrong(name + " is not that of " + whose);
    }
  }

  EvidenceException wrong(String message) {
    return new EvidenceException(part, message);
  }
}
