package org.mekong.identity.signin;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody typed into the sign-in form.
 *
 * @param login personal number or user name
 * @param code digits alone
 */
record Typed(String login, String password, String code) {
  private static final int LONGEST = 1024;

  static Typed of(String login, String password, String code) {
    return new Typed(cut(login.strip()), password, cut(code.replaceAll("[\\s-]", "")));
  }

  /** Names of the fields that are empty. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (login.isEmpty()) {
      missing.add("login");
    }
    if (password.isEmpty()) {
      missing.add("password");
    }
    if (code.isEmpty()) {
      missing.add("code");
    }
    return missing;
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  /** None of it is in a log. */
  @Override
  public String toString() {
    return "Typed";
  }
}
