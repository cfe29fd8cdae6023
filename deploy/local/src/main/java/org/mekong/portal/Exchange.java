package org.mekong.portal;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request and its answer, with the headers that every answer of a page carries. */
final class Exchange {
  /** Name of the cookie of who is signed in, before the nation's code. */
  static final String SESSION = "__Host-mekong-portal-";

  /** Name of the cookie of who is on the way, before the nation's code. */
  static final String ON_THE_WAY = "__Host-mekong-portal-sent-";

  private static final int LARGEST_BODY = 16 * 1024;

  private final HttpExchange http;
  private final PortalSettings settings;

  private Exchange(HttpExchange http, PortalSettings settings) {
    this.http = http;
    this.settings = settings;
  }

  /** Answers a request. */
  interface Answering {
    void answer(Exchange exchange) throws IOException;
  }

  /** Serves a request; what fails is a bare 500, and says nothing. */
  static void serve(HttpExchange http, PortalSettings settings, Answering answering)
      throws IOException {
    try (http) {
      answering.answer(new Exchange(http, settings));
    } catch (IOException | RuntimeException failed) {
      if (http.getResponseCode() < 0) {
        http.sendResponseHeaders(500, -1);
      }
    }
  }

  String method() {
    return http.getRequestMethod();
  }

  String path() {
    return http.getRequestURI().getPath();
  }

  /** The whole address that was asked for. */
  URI uri() {
    return settings.address().resolve(http.getRequestURI());
  }

  /** A header's value; empty when it is left out. */
  String header(String name) {
    return Objects.requireNonNullElse(http.getRequestHeaders().getFirst(name), "");
  }

  /** A parameter of the address. */
  Optional<String> parameter(String name) {
    List<String> values =
        URLUtils.parseParameters(http.getRequestURI().getRawQuery()).getOrDefault(name, List.of());
    return values.stream().findFirst();
  }

  /** The body, of which no more than 16 KiB is read. */
  String body() throws IOException {
    return new String(http.getRequestBody().readNBytes(LARGEST_BODY), StandardCharsets.UTF_8);
  }

  /** Whether the browser says that another site sent it (Fetch Metadata). */
  boolean isForeign() {
    String site = header("Sec-Fetch-Site");
    return !site.isEmpty() && !site.equals("same-origin");
  }

  /** The value of one of our cookies; a browser keeps them by host, whatever the port. */
  @Nullable String cookie(String name) {
    String wanted = name + settings.nation().toLowerCase(Locale.ROOT) + "=";
    for (String line : http.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (String cookie : line.split(";")) {
        if (cookie.strip().startsWith(wanted)) {
          return cookie.strip().substring(wanted.length());
        }
      }
    }
    return null;
  }

  /** Sets one of our cookies; an empty value takes it away. */
  void setCookie(String name, String value) {
    http.getResponseHeaders()
        .add(
            "Set-Cookie",
            name
                + settings.nation().toLowerCase(Locale.ROOT)
                + "="
                + value
                + "; Path=/; Secure; HttpOnly; SameSite=Lax"
                + (value.isEmpty() ? "; Max-Age=0" : ""));
  }

  void redirect(URI to) throws IOException {
    http.getResponseHeaders().set("Location", to.toString());
    answer(303, "text/plain;charset=utf-8", "");
  }

  void answer(int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var headers = http.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " form-action 'self' "
            + settings.issuer());
    http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      http.getResponseBody().write(bytes);
    }
  }
}
