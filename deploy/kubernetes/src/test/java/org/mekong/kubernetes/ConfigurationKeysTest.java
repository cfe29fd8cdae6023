package org.mekong.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every key of ours that the manifests set is one that the service reads: a key that was renamed in
 * the code is found here, not at a start.
 */
class ConfigurationKeysTest {

  private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"");
  private static final Pattern METHOD = Pattern.compile("\\b([a-z][A-Za-z0-9]*)\\(\\);");

  /** As in the period of a scheduled method. */
  private static final Pattern EXPRESSION = Pattern.compile("\"\\$\\{([a-z.-]+)[:}]");

  private static final Pattern PROPERTY =
      Pattern.compile("@ConfigProperty\\(\\s*name = \"([^\"]+)\"");

  @ParameterizedTest
  @ValueSource(strings = {"identity-service", "registry-service", "gateway"})
  void everyKeyIsReadByTheService(String service) throws IOException {
    Path sources = Overlays.ROOT.resolve("../../" + service + "/src/main/java").normalize();
    List<String> code = sources(sources);
    TreeSet<String> unread = new TreeSet<>();
    for (String file :
        List.of(
            "base/" + service + "/service.properties",
            "overlays/vn/" + service + ".properties",
            "overlays/la/" + service + ".properties")) {
      for (String key : keys(Overlays.ROOT.resolve(file))) {
        if (key.matches("(mekong|identity|registry|gateway)\\..*") && !isRead(key, code)) {
          unread.add(key);
        }
      }
    }

    assertEquals(new TreeSet<String>(), unread, "set in the manifests and read by nobody");
  }

  private static boolean isRead(String key, List<String> code) {
    return code.stream().anyMatch(source -> isMapped(key, source) || isInjected(key, source));
  }

  private static boolean isInjected(String key, String source) {
    return Stream.of(PROPERTY, EXPRESSION)
        .flatMap(pattern -> pattern.matcher(source).results())
        .anyMatch(r -> r.group(1).equals(key));
  }

  /** Whether the mapping's prefix begins the key, and each further part of it is a method. */
  private static boolean isMapped(String key, String source) {
    return MAPPING
        .matcher(source)
        .results()
        .map(r -> r.group(1))
        .filter(prefix -> key.startsWith(prefix + "."))
        .anyMatch(prefix -> areMethods(key.substring(prefix.length() + 1), source));
  }

  private static boolean areMethods(String rest, String source) {
    List<String> methods = METHOD.matcher(source).results().map(r -> r.group(1)).toList();
    return Pattern.compile("\\.")
        .splitAsStream(rest)
        .filter(part -> !part.equals(part.toUpperCase(Locale.ROOT)))
        .allMatch(part -> methods.contains(camelCase(part)));
  }

  private static String camelCase(String kebab) {
    return Pattern.compile("-([a-z0-9])")
        .matcher(kebab)
        .replaceAll(r -> r.group(1).toUpperCase(Locale.ROOT));
  }

  private static List<String> sources(Path folder) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    return sources;
  }

  private static List<String> keys(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.keySet().stream().map(String.class::cast).toList();
  }
}
