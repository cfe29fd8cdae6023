package org.mekong.identity.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.identity.testing.TestNode;

/** A query that cannot be decoded: a page for people, the standard's error for clients. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class UnreadableAddressIT {
  private static final String AWAY = "client_id=x&redirect_uri=https://away.example/cb&state=";
  private static final List<String> UNREADABLE =
      List.of("%", "%z", "%zz", "%4", "a=%FF", "%C3%28=b", "a=%ED%A0%80", "a=%00", AWAY + "%zz");

  @TestHTTPResource("/")
  URI home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/authorize",
        "/authorize/continue",
        "/sign-in",
        "/consent",
        "/consents",
        "/logout",
        "/activate"
      })
  void peopleGetAPageAndGoNowhere(String path) throws IOException {
    for (String query : UNREADABLE) {
      for (String method : List.of("GET", "POST")) {
        String answer = raw(method, path + "?" + query, "Accept-Language: lo");

        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(has(answer, "content-type: text/html;charset=utf-8"), answer);
        assertTrue(has(answer, "x-frame-options: deny"), answer);
        assertTrue(has(answer, "cache-control: no-store"), answer);
        assertTrue(has(answer, "content-security-policy: default-src 'none'"), answer);
        assertTrue(answer.contains("<html lang=\"lo\""), answer);
        assertFalse(has(answer, "location:"), answer);
        assertFalse(answer.contains("away.example"), answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/par", "/token", "/introspect", "/revoke", "/userinfo"})
  void clientsGetTheErrorOfTheStandard(String path) throws IOException {
    for (String query : UNREADABLE) {
      String answer = raw("POST", path + "?" + query, "Accept: application/json");

      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(has(answer, "content-type: application/json"), answer);
      assertTrue(has(answer, "cache-control: no-store"), answer);
      assertTrue(answer.contains("\"error\":\"invalid_request\""), answer);
      assertEquals(
          path.equals("/userinfo"),
          has(answer, "www-authenticate: dpop error=\"invalid_request\""),
          answer);
      assertFalse(answer.contains("away.example"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jwks", "/.well-known/openid-configuration", "/admin/v1/clients", "/x"})
  void theRestIsAProblem(String path) throws IOException {
    for (String query : UNREADABLE) {
      String answer = raw("GET", path + "?" + query, "Accept: */*");

      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(has(answer, "content-type: application/problem+json"), answer);
    }
  }

  private static boolean has(String answer, String header) {
    return answer.split("\r\n\r\n", 2)[0].toLowerCase(java.util.Locale.ROOT).contains(header);
  }

  /** As it stands: no client library is asked what it thinks of the address. */
  private String raw(String method, String target, String header) throws IOException {
    try (Socket socket = new Socket(home.getHost(), home.getPort())) {
      socket
          .getOutputStream()
          .write(
              (method
                      + " "
                      + target
                      + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n"
                      + header
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
