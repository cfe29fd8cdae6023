package org.mekong.gateway.lookup.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller would like, by the Prefer header (RFC 7240). What cannot be read is no preference:
 * a preference never makes a request wrong. Of two of one name the first counts.
 *
 * @param respondAsync whether the caller does not want to wait
 * @param patience how long the caller would wait all the same; zero when it does not say
 */
public record Preferences(boolean respondAsync, Duration patience) {

  private static final Pattern PREFERENCE =
      Pattern.compile(
          "\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(?:=\\s*(?:\"([^\"\\\\]*)\"|([^\\s\";,]*))\\s*)?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final int MOST = 32;

  /** What these headers say. */
  public static Preferences of(List<String> headers) {
    boolean async = false;
    Optional<Duration> wait = Optional.empty();
    for (String preference : preferences(headers)) {
      Matcher matcher = PREFERENCE.matcher(preference);
      if (!matcher.matches()) {
        continue;
      }
      String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
        case "respond-async" -> async = true;
        case "wait" -> {
          if (wait.isEmpty() && value != null && SECONDS.matcher(value).matches()) {
            wait = Optional.of(Duration.ofSeconds(Long.parseLong(value)));
          }
        }
        default -> {
          // a preference that this gateway does not know
        }
      }
    }
    return new Preferences(async, wait.orElse(Duration.ZERO));
  }

  /** The preferences without their parameters; commas and semicolons within quotes do not count. */
  private static List<String> preferences(List<String> headers) {
    List<String> found = new ArrayList<>();
    for (String header : headers) {
      var preference = new StringBuilder();
      boolean quoted = false;
      boolean parameters = false;
      for (char c : (header + ",").toCharArray()) {
        if (c == '"') {
          quoted = !quoted;
        }
        if (c == ',' && !quoted) {
          found.add(preference.toString());
          preference.setLength(0);
          parameters = false;
        } else if (c == ';' && !quoted) {
          parameters = true;
        } else if (!parameters) {
          preference.append(c);
        }
      }
    }
    return found.stream().limit(MOST).toList();
  }
}
