package org.mekong.resourceserver.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Gives whoever asks the token that they ask for, bound to the key of their DPoP proof: a client of
 * the services is tested with it, not an issuer.
 */
final class TestTokenEndpoint implements HttpHandler {
  private static final String AGENCY = "vn-test-client";

  private final TestIssuer issuer;

  TestTokenEndpoint(TestIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      byte[] answer = JSONObjectUtils.toJSONString(answer(exchange)).getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (Exception unreadable) {
      exchange.sendResponseHeaders(400, -1);
    } finally {
      exchange.close();
    }
  }

  private Map<String, Object> answer(HttpExchange exchange) throws Exception {
    Map<String, List<String>> form =
        URLUtils.parseParameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    String client =
        SignedJWT.parse(form.get("client_assertion").getFirst()).getJWTClaimsSet().getSubject();
    String proof = Objects.requireNonNull(exchange.getRequestHeaders().getFirst("DPoP"));
    String thumbprint = SignedJWT.parse(proof).getHeader().getJWK().computeThumbprint().toString();
    String scope = form.get("scope").getFirst();
    List<String> details = form.getOrDefault("authorization_details", List.of());
    Object wanted =
        details.isEmpty()
            ? List.of()
            : Objects.requireNonNull(
                JSONObjectUtils.parse("{\"all\":" + details.getFirst() + "}").get("all"));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "access_token",
        issuer.token(
            new DpopClient(),
            client,
            URI.create(form.get("resource").getFirst()),
            claims ->
                claims
                    .jwtID(UUID.randomUUID().toString())
                    .claim("cnf", Map.of("jkt", thumbprint))
                    .claim("scope", scope)
                    .claim("agency", AGENCY)
                    .claim("authorization_details", wanted)));
    answer.put("token_type", "DPoP");
    answer.put("expires_in", 300);
    answer.put("scope", scope);
    return answer;
  }
}
