package org.mekong.identity.account.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The passwords that guessers try first ({@code account/common-passwords.txt}). */
final class CommonPasswords {
  private static final Set<String> LIST = read();
  private static final Pattern LEADING = Pattern.compile("^[^\\p{L}]+");
  private static final Pattern TRAILING = Pattern.compile("[^\\p{L}]+$");
  private static final int SHORTEST_PART = 3;

  private CommonPasswords() {}

  /**
   * Whether a password in small letters is on the list: as it stands, with figures for letters,
   * with something before or after that is no letter, or as two of the list in a row.
   */
  static boolean covers(String plain) {
    String lettered = lettered(plain);
    return listed(plain)
        || listed(lettered)
        || listed(TRAILING.matcher(plain).replaceFirst(""))
        || listed(core(plain))
        || listed(core(lettered(core(plain))));
  }

  private static boolean listed(String text) {
    if (LIST.contains(text)) {
      return true;
    }
    for (int i = SHORTEST_PART; i <= text.length() - SHORTEST_PART; i++) {
      if (LIST.contains(text.substring(0, i)) && LIST.contains(text.substring(i))) {
        return true;
      }
    }
    return false;
  }

  private static String core(String text) {
    return TRAILING.matcher(LEADING.matcher(text).replaceFirst("")).replaceFirst("");
  }

  /** Letters in place of the figures and signs that stand for them. */
  private static String lettered(String text) {
    return text.replace('0', 'o')
        .replace('1', 'i')
        .replace('3', 'e')
        .replace('4', 'a')
        .replace('5', 's')
        .replace('7', 't')
        .replace('@', 'a')
        .replace('$', 's')
        .replace('!', 'i');
  }

  private static Set<String> read() {
    try (InputStream list =
        CommonPasswords.class.getResourceAsStream("/account/common-passwords.txt")) {
      if (list == null) {
        throw new IllegalStateException("account/common-passwords.txt is missing");
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
