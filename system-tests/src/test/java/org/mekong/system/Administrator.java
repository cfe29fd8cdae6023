package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.mekong.client.AgencySession;
import org.mekong.client.Profile;
import org.mekong.client.TokenRefusedException;

/**
 * The first administrator of Viet Nam, over the admin API: registers what has to be there before
 * somebody can sign in.
 */
final class Administrator {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Profile office;
  private final AgencySession session;
  private final DPoPAccessToken token;

  /**
   * @param registryOffice whose agency and country it is
   */
  Administrator(Profile.Loaded registryOffice) throws IOException, TokenRefusedException {
    this.office = registryOffice.profile();
    this.session =
        AgencySession.of(
            new Profile.Loaded(
                new Profile(
                    "mekong-administrator",
                    office.issuer(),
                    office.gateway(),
                    office.registry(),
                    "administrator.jwk",
                    office.caFile(),
                    office.answerKeys(),
                    office.policyFile()),
                registryOffice.folder()));
    this.token = session.token("identity.admin", office.issuer(), List.of());
  }

  /**
   * An application of the registry office.
   *
   * @param keyFile its private key
   */
  record Application(String clientId, Path keyFile, URI redirect, URI afterLogout) {}

  /** Registers an application that signs people in. */
  Application application(String idTokenAlgorithm, Path folder)
      throws IOException, InterruptedException, JOSEException {
    String clientId = "vn-portal-" + UUID.randomUUID();
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID(clientId).generate();
    Application application =
        new Application(
            clientId,
            Files.writeString(folder.resolve(clientId + ".jwk"), key.toJSONString()),
            URI.create("https://portal.example/callback"),
            URI.create("https://portal.example/bye"));
    JsonNode registered =
        post(
            "/admin/v1/clients",
            Map.ofEntries(
                Map.entry("clientId", clientId),
                Map.entry("agencyId", office.clientId()),
                Map.entry("name", "Cổng dịch vụ công Quảng Trị"),
                Map.entry("jwks", new JWKSet(key.toPublicJWK()).toJSONObject()),
                Map.entry("grantTypes", List.of("authorization_code", "refresh_token")),
                Map.entry("scopes", List.of("openid", "offline_access", "person.self")),
                Map.entry("resources", List.of(String.valueOf(office.registry()))),
                Map.entry("redirectUris", List.of(application.redirect().toString())),
                Map.entry("postLogoutRedirectUris", List.of(application.afterLogout().toString())),
                Map.entry("idTokenSignedResponseAlg", idTokenAlgorithm)));
    assertEquals(clientId, registered.path("clientId").asText(), registered::toString);
    return application;
  }

  /**
   * A citizen with an account.
   *
   * @param activationCode both halves of what they were handed, to set a password with
   */
  record Citizen(String personalNumber, String activationCode) {}

  /** Registers the account of a citizen, and makes an activation code. */
  Citizen citizen() throws IOException, InterruptedException {
    String number = "0" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
    JsonNode account =
        post(
            "/admin/v1/accounts",
            Map.of("kind", "citizen", "personalNumber", number, "assurance", "low"));
    JsonNode handed =
        post("/admin/v1/accounts/" + account.path("id").asText() + "/activation", Map.of());
    return new Citizen(
        number,
        handed.path("firstHalf").asText()
            + "."
            + handed.path("outcome").path("secondHalf").asText());
  }

  private JsonNode post(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        session.send("POST", office.issuer().resolve(path), token, JSON.writeValueAsString(body));
    assertEquals(201, answer.statusCode(), () -> path + ": " + answer.body());
    return JSON.readTree(answer.body());
  }
}
