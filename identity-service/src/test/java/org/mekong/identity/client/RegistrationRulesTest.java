package org.mekong.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.identity.access.Members;

/** What a registration may not say, without a service. */
class RegistrationRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final String AUDIENCE = "https://id.vn.mekong.example";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "/signed-in",
        "//desk.example/signed-in",
        "http://desk.example/signed-in",
        "http://localhost/signed-in",
        "http://127.0.0.1.evil.example/",
        "https://",
        "https:///signed-in",
        "https://desk.example/signed-in#here",
        "https://user@desk.example/",
        "https://*.desk.example/",
        "https://desk.example/*",
        "https://DESK.example/",
        "https://desk.example/a/../b",
        "https://desk.example/./b",
        "https://desk.example/a b",
        "https://desk.example/\u00e0",
        "https://desk.example/\n",
        "javascript:alert(1)",
        "data:text/html,x",
        "vn.desk:/signed-in",
        "HTTPS://desk.example/"
      })
  void refusesRedirectUris(String uri) {
    assertEquals(List.of("redirectUris"), faults(registration(List.of(uri), signingIn())));
    String loopback = uri.startsWith("http://127.0.0.1/") ? "" : uri;
    Members members = new Members();
    RedirectRules.web(members, "jwksUri", loopback, RedirectRules.Loopback.REFUSED);
    assertFalse(members.good());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://desk.example",
        "https://desk.example/signed-in?x=1&y=%20",
        "https://desk.example:8443/signed-in",
        "http://127.0.0.1:7777/signed-in",
        "http://[::1]/signed-in"
      })
  void takesRedirectUris(String uri) {
    assertEquals(List.of(), faults(registration(List.of(uri), signingIn())));
  }

  @Test
  void refusesTooManyAndDoubledRedirectUris() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      many.add("https://desk.example/" + i);
    }
    assertEquals(List.of("redirectUris"), faults(registration(many, signingIn())));
    List<String> doubled = List.of("https://desk.example/", "https://desk.example/");
    assertEquals(List.of("redirectUris"), faults(registration(doubled, signingIn())));
    assertEquals(
        List.of("redirectUris"),
        faults(registration(Arrays.asList("https://desk.example/", null), signingIn())));
    String long501 = "https://desk.example/" + "x".repeat(480);
    assertEquals(List.of("redirectUris"), faults(registration(List.of(long501), signingIn())));
  }

  @Test
  void redirectUrisAndTheirGrantGoTogether() {
    assertEquals(List.of("redirectUris"), faults(registration(List.of(), signingIn())));
    assertEquals(
        List.of("redirectUris"),
        faults(registration(List.of("https://desk.example/"), List.of("client_credentials"))));
    assertEquals(List.of("grantTypes"), faults(registration(List.of(), List.of("refresh_token"))));
    for (String grant : List.of("implicit", "password", "urn:x", "")) {
      assertEquals(List.of("grantTypes"), faults(registration(List.of(), List.of(grant))), grant);
    }
  }

  @Test
  void provesItselfInExactlyOneWay() throws Exception {
    Map<String, Object> jwks = jwks();
    String uri = "https://desk.example/keys";
    String subject = "CN=desk.quangtri.example, O=Registry, C=VN";
    assertTrue(good(null, jwks, null, null));
    assertTrue(good("private_key_jwt", null, uri, null));
    assertTrue(good("tls_client_auth", null, null, subject));
    assertFalse(good(null, null, null, null));
    assertFalse(good(null, jwks, uri, null));
    assertFalse(good(null, jwks, null, subject));
    assertFalse(good("tls_client_auth", null, null, null));
    assertFalse(good("tls_client_auth", jwks, null, subject));
    assertFalse(good("tls_client_auth", null, uri, subject));
    for (String method : List.of("none", "client_secret_basic", "self_signed_tls_client_auth")) {
      assertFalse(good(method, jwks, null, null), method);
    }
    for (String name : List.of("", "x", "CN", "CN=a\u0000b", "CN=" + "x".repeat(500), "=a,b")) {
      assertFalse(good("tls_client_auth", null, null, name), name);
    }
    for (String keys : List.of("http://desk.example/keys", "http://127.0.0.1/keys", "file:/keys")) {
      assertFalse(good(null, null, keys, null), keys);
    }
  }

  @Test
  void onlyAnAdministratorsSystemHasNoAgency() {
    assertEquals(
        List.of("agencyId"),
        faults(registration(null, List.of("lookup"), List.of("client_credentials"))));
    assertEquals(
        List.of(),
        faults(registration(null, List.of("identity.admin"), List.of("client_credentials"))));
  }

  private static List<String> signingIn() {
    return List.of("authorization_code", "client_credentials");
  }

  private static boolean good(
      @Nullable String method,
      @Nullable Map<String, Object> jwks,
      @Nullable String uri,
      @Nullable String subject) {
    Members members = new Members();
    ClientIdentity.read(members, method, jwks, uri, subject);
    return members.good();
  }

  private static RegisterClient registration(List<String> redirects, List<String> grants) {
    return registration(redirects, List.of("identity.admin"), grants);
  }

  private static RegisterClient registration(
      @Nullable List<String> redirects, List<String> scopes, List<String> grants) {
    return new RegisterClient(
        "vn-desk",
        null,
        "Desk",
        null,
        jwks(),
        null,
        null,
        grants,
        scopes,
        List.of(AUDIENCE),
        null,
        redirects,
        null,
        null,
        null,
        null,
        null,
        (UUID) null,
        null,
        null);
  }

  private static List<String> faults(RegisterClient registration) {
    try {
      registration.checked(NOW, List.of(AUDIENCE), Optional.empty(), true);
      return List.of();
    } catch (HttpProblem refused) {
      List<?> faults = (List<?>) refused.getParameters().get("faults");
      return faults.stream().map(fault -> ((Members.Fault) fault).member()).distinct().toList();
    }
  }

  private static Map<String, Object> jwks() {
    try {
      return JSONObjectUtils.parse(
          new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("1").generate().toPublicJWK())
              .toString());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void anUnknownHolderIsRefused() {
    RegisterClient registration = registration(null, List.of("identity.admin"), List.of());
    assertThrows(
        HttpProblem.class,
        () -> registration.checked(NOW, List.of(AUDIENCE), Optional.empty(), false));
  }
}
