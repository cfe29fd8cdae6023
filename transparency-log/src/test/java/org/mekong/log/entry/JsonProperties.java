package org.mekong.log.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** JSON that nobody vouches for: a value, or a checked exception and nothing else. */
class JsonProperties {

  @Property(tries = 2_000)
  void anyBytesAreAValueOrACheckedException(@ForAll byte[] bytes) {
    read(bytes);
  }

  @Property(tries = 3_000)
  void anyTextOfJsonsOwnSignsIsAValueOrACheckedException(@ForAll("signs") String text) {
    read(("{" + text).getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> signs() {
    return Arbitraries.strings().withChars("{}[]\":,\\tfnu0123-+.eE \ud800a").ofMaxLength(40);
  }

  private static void read(byte[] bytes) {
    try {
      Json.object(bytes);
    } catch (JsonException expected) {
      assertTrue(expected.getMessage().length() < 100);
    }
  }

  @Property
  void whatIsWrittenCanonicallyIsReadBack(
      @ForAll
          Map<
                  String,
                  @net.jqwik.api.constraints.LongRange(
                      min = -9_007_199_254_740_991L,
                      max = 9_007_199_254_740_991L)
                  Long>
              members,
      @ForAll List<String> texts)
      throws JsonException {
    try {
      Map<String, Object> value = Map.of("members", members, "texts", texts, "yes", true);
      assertEquals(value, Json.object(CanonicalJson.write(value)));
    } catch (IllegalArgumentException loneSurrogate) {
      assertTrue(loneSurrogate.getMessage().contains("surrogate"));
    }
  }

  @Example
  void readsEveryKindOfValue() throws JsonException {
    Map<String, Object> read =
        Json.object(
            " {\"a\": [1, -2.5e1, true, false, {\"b\": \"\\u00e9\\n\\ud83d\\ude00\"}], \"n\": null} ");
    assertEquals(
        List.of(1L, new BigDecimal("-2.5e1"), true, false, Map.of("b", "\u00e9\n\ud83d\ude00")),
        read.get("a"));
    assertTrue(read.containsKey("n"));
  }

  @Example
  void refusesWhatOtherReadersTakeInDifferentWays() {
    for (String text :
        List.of(
            "",
            "[]",
            "{\"a\":1,\"a\":2}",
            "{\"a\":01}",
            "{\"a\":1}x",
            "{\"a\":+1}",
            "{\"a\":NaN}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\n\"}",
            "{\"a\":" + "1".repeat(65) + "}",
            "{\"a\":1e9999}",
            "{a:1}",
            "{\"a\":1,}",
            "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}")) {
      assertThrows(JsonException.class, () -> Json.object(text), text);
    }
    assertThrows(JsonException.class, () -> Json.object(new byte[] {'{', (byte) 0xc0, '}'}));
  }
}
