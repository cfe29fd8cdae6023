package org.mekong.benchmarks.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Map;

/** Asks for one token and looks at it: what is measured has to be the same kind of thing. */
final class Tokens {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Tokens() {}

  /** Asks once; fails unless there is a token. */
  static JsonNode ask(HttpClient http, URI endpoint, ClientSystem.TokenRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(http, endpoint, request);
    if (answer.statusCode() != 200) {
      throw new IOException(endpoint + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /**
   * Fails unless the issuer gives a token of ES256 that is bound to the client's key, and gives
   * none for the same request a second time.
   */
  static void requireGood(HttpClient http, Issuer issuer, ClientSystem client, String parameters)
      throws IOException, InterruptedException {
    ClientSystem.TokenRequest request = client.request(issuer.issuer(), issuer.token(), parameters);
    JsonNode answer = ask(http, issuer.token(), request);
    try {
      SignedJWT token = SignedJWT.parse(answer.path("access_token").asText());
      Object bound = token.getJWTClaimsSet().getClaim("cnf");
      String thumbprint = client.publicKey().computeThumbprint().toString();
      if (!(bound instanceof Map<?, ?> confirmation && thumbprint.equals(confirmation.get("jkt")))
          || !"ES256".equals(token.getHeader().getAlgorithm().getName())
          || !"DPoP".equals(answer.path("token_type").asText())) {
        throw new IOException(issuer.name() + " gives another token: " + answer);
      }
    } catch (ParseException | JOSEException unreadable) {
      throw new IOException(issuer.name() + " gives what is no token", unreadable);
    }
    int again = send(http, issuer.token(), request).statusCode();
    if (again < 400 || again >= 500) {
      throw new IOException(issuer.name() + " answers a replayed request with " + again);
    }
  }

  private static HttpResponse<String> send(
      HttpClient http, URI endpoint, ClientSystem.TokenRequest request)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("DPoP", request.proof())
            .POST(HttpRequest.BodyPublishers.ofString(request.form()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
