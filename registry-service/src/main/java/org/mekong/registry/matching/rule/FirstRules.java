package org.mekong.registry.matching.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The rules that come with the release, and the one form in which rules are stored. */
public final class FirstRules {

  private static final String FILE = "data/matching/first_rules.json";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private FirstRules() {}

  /** The rules that a new register starts with. */
  public static RuleSet read() {
    try (InputStream in = FirstRules.class.getClassLoader().getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      return MAPPER.readValue(in, RuleSetBody.class).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rules of a stored text. */
  static RuleSet parse(String text) {
    try {
      return MAPPER.readValue(text, RuleSetBody.class).read();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The register holds rules that it cannot read", e);
    }
  }

  /** The text of rules. */
  static String text(RuleSet rules) {
    try {
      return MAPPER.writeValueAsString(RuleSetBody.of(rules));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
