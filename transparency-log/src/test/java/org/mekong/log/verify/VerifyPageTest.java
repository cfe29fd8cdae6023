package org.mekong.log.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page that verifies a proof in the browser sends nothing anywhere, and cannot. */
class VerifyPageTest {
  private static String page;

  @BeforeAll
  static void readPage() throws Exception {
    try (InputStream file =
        VerifyPageTest.class.getResourceAsStream("/META-INF/resources/verify.html")) {
      page = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void allowsNothingButItsOwnScriptAndStyle() throws Exception {
    String policy =
        "default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
            .formatted(digest("script"), digest("style"));
    assertTrue(page.contains("content=\"" + policy + "\""), "expected: " + policy);
  }

  @Test
  void loadsAndSendsNothing() {
    for (String forbidden :
        List.of(
            "http:",
            "https:",
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "sendBeacon",
            "import(",
            " src=",
            "<form",
            "<link",
            "<iframe",
            "innerHTML",
            "eval(",
            "localStorage",
            "cookie")) {
      assertFalse(page.contains(forbidden), forbidden);
    }
  }

  @Test
  void speaksThreeLanguagesWithTheSameTexts() {
    Set<String> english = names("en");
    assertTrue(english.size() > 25, english.toString());
    assertEquals(english, names("vi"));
    assertEquals(english, names("lo"));
  }

  private static Set<String> names(String language) {
    int start = page.indexOf("\n  " + language + ": {");
    int end = page.indexOf("\n  }", start);
    Matcher matcher =
        Pattern.compile("(?:^|[,{]\\s+)([a-zA-Z]+): '").matcher(page.substring(start, end));
    Set<String> names = new TreeSet<>();
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static String digest(String tag) throws Exception {
    int start = page.indexOf("<" + tag + ">") + tag.length() + 2;
    String body = page.substring(start, page.indexOf("</" + tag + ">"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }
}
