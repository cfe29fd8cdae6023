package org.mekong.log.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void sortsNamesByUtf16CodeUnitsAsTheRfcsExample() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("\u20ac", "Euro Sign");
    members.put("\r", "Carriage Return");
    members.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
    members.put("1", "One");
    members.put("\ud83d\ude00", "Emoji: Grinning Face");
    members.put("\u0080", "Control");
    members.put("\u00f6", "Latin Small Letter O With Diaeresis");

    assertEquals(
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
            + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
            + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
        text(members));
  }

  @Test
  void writesTheValuesOfAnEntry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("version", 1);
    entry.put("fields", List.of("alive", "age_over"));
    entry.put("nested", Map.of("b", true, "a", -5L));
    entry.put("empty", List.of());

    assertEquals(
        "{\"empty\":[],\"fields\":[\"alive\",\"age_over\"],\"nested\":{\"a\":-5,\"b\":true},"
            + "\"version\":1}",
        text(entry));
  }

  @Test
  void escapesOnlyWhatItMust() {
    assertEquals(
        "{\"a\":\"\\b\\t\\n\\f\\r\\\"\\\\/\\u000f\\u0000\u007f\u2028</script>\"}",
        text(Map.of("a", "\b\t\n\f\r\"\\/\u000f\u0000\u007f\u2028</script>")));
  }

  @Test
  void refusesWhatHasNoCanonicalFormHere() {
    Map<String, Object> withNull = new HashMap<>();
    withNull.put("a", null);
    assertRefused(withNull);
    assertRefused(Map.of("a", 1.5));
    assertRefused(Map.of("a", 1L << 53));
    assertRefused(Map.of("a", Long.MIN_VALUE));
    assertRefused(Map.of("a", "\ud83d"));
    assertRefused(Map.of("a", "\ude00\ud83d"));
    assertRefused(Map.of("a", Map.of(1, "one")));
    assertRefused(Map.of("a", Arrays.asList(1, null)));
    Map<String, Object> deep = Map.of();
    for (int i = 0; i < 100; i++) {
      deep = Map.of("a", deep);
    }
    assertRefused(deep);
  }

  private static void assertRefused(Map<String, ?> value) {
    assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(value));
  }

  private static String text(Map<String, ?> value) {
    return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
  }
}
