package org.mekong.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of what the standards demand and what attackers try is whole, and every test that it
 * names is there: {@code src/test/resources/demands.tsv}.
 */
class DemandsTest {
  private static final Path TABLE = Path.of("src/test/resources/demands.tsv");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern REFERENCE =
      Pattern.compile("(?<class>[A-Z]\\w+)(#(?<method>\\w+)| \"(?<name>[^\"]+)\")(, |$)");
  private static final Set<String> ATTACKS =
      Set.of(
          "mix-up",
          "PKCE downgrade",
          "downgrade of the flow",
          "code injection",
          "CSRF",
          "clickjacking",
          "open redirect",
          "alg confusion",
          "jwk swap",
          "key confusion",
          "clock 60 s",
          "replay of a proof",
          "replay of an assertion",
          "replay of a code",
          "replay of a request_uri",
          "replay of a stolen token");

  private record Demand(String section, String tests) {}

  @Test
  void everySectionAndEveryAttackHasItsRow() throws IOException {
    Set<String> wanted = new HashSet<>();
    range(1, 14).forEach(i -> wanted.add("FAPI 2.0 5.3.2.1-" + i));
    range(1, 14).forEach(i -> wanted.add("FAPI 2.0 5.3.2.2-" + i));
    range(1, 5).forEach(i -> wanted.add("FAPI 2.0 5.3.4-" + i));
    range(1, 4).forEach(i -> wanted.add("FAPI 2.0 5.4.1-" + i));
    range(1, 3).forEach(i -> wanted.add("FAPI 2.0 5.4.2-" + i));
    range(1, 12).forEach(i -> wanted.add("RFC 9449 4.3-" + i));
    ATTACKS.forEach(attack -> wanted.add("attack: " + attack));
    List<String> sections = table().stream().map(Demand::section).toList();

    wanted.removeAll(sections);
    assertEquals(Set.of(), wanted);
    assertEquals(sections.size(), Set.copyOf(sections).size(), "a row is there twice");
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    for (Demand demand : table()) {
      Matcher reference = REFERENCE.matcher(demand.tests());
      int end = 0;
      while (reference.find()) {
        assertEquals(end, reference.start(), demand::section);
        end = reference.end();
        String source = sources.getOrDefault(reference.group("class"), "");
        String sought =
            reference.group("method") == null
                ? '"' + reference.group("name") + '"'
                : " " + reference.group("method") + "(";
        if (!source.contains(sought)) {
          missing.add(demand.section() + ": " + reference.group());
        }
      }
      assertTrue(end > 0 && end == demand.tests().length(), demand::section);
    }

    assertEquals(List.of(), missing);
  }

  private static Stream<Integer> range(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed();
  }

  private static List<Demand> table() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" \\| ?", -1))
        .map(cells -> new Demand(cells[0].strip(), cells[cells.length - 1].strip()))
        .toList();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.put(name, Files.readString(file));
      }
    }
    return sources;
  }
}
