package org.mekong.identity.interaction;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mekong.identity.Secrets;

/**
 * The browser that a person sits at, known by a cookie: what is opened in one browser cannot be
 * continued in another, so a form that another site sends leads nowhere.
 */
public final class Browser {
  /** Name of the cookie; the prefix holds it to this host, https and the whole path. */
  public static final String COOKIE = "__Host-mekong-browser";

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private Browser() {}

  /** The secret that the browser showed. */
  public static Optional<String> of(HttpHeaders headers) {
    return cookie(headers, COOKIE);
  }

  /** The value of one of our cookies, if it is of the form that we give them. */
  public static Optional<String> cookie(HttpHeaders headers, String name) {
    return Optional.ofNullable(headers.getCookies().get(name))
        .map(Cookie::getValue)
        .filter(value -> SECRET.matcher(value).matches());
  }

  /** A secret for a browser that shows none. */
  public static String next() {
    return Secrets.next();
  }

  /** Value of the {@code Set-Cookie} header. */
  public static String setCookie(String secret) {
    return COOKIE + "=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Lax";
  }
}
