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
import java.util.HashMap;
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

  /** Registers an application that signs citizens in. */
  Application application(String idTokenAlgorithm, Path folder)
      throws IOException, InterruptedException, JOSEException {
    return application(
        folder,
        Map.of(
            "name", "Cổng dịch vụ công Quảng Trị",
            "grantTypes", List.of("authorization_code", "refresh_token"),
            "scopes", List.of("openid", "offline_access", "person.self"),
            "resources", List.of(String.valueOf(office.registry())),
            "idTokenSignedResponseAlg", idTokenAlgorithm));
  }

  /** Registers an application of the registry office that signs people in. */
  Application application(Path folder, Map<String, Object> members)
      throws IOException, InterruptedException, JOSEException {
    String clientId = "vn-portal-" + UUID.randomUUID();
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID(clientId).generate();
    Application application =
        new Application(
            clientId,
            Files.writeString(folder.resolve(clientId + ".jwk"), key.toJSONString()),
            URI.create("https://portal.example/callback"),
            URI.create("https://portal.example/bye"));
    Map<String, Object> registration = new HashMap<>(members);
    registration.put("redirectUris", List.of(application.redirect().toString()));
    registration.put("postLogoutRedirectUris", List.of(application.afterLogout().toString()));
    client(clientId, key, registration);
    return application;
  }

  /** Registers a client of the registry office. */
  void client(String clientId, ECKey key, Map<String, Object> members)
      throws IOException, InterruptedException {
    Map<String, Object> registration = new HashMap<>(members);
    registration.put("clientId", clientId);
    registration.put("agencyId", office.clientId());
    registration.put("jwks", new JWKSet(key.toPublicJWK()).toJSONObject());
    JsonNode registered = post("/admin/v1/clients", registration);
    assertEquals(clientId, registered.path("clientId").asText(), registered::toString);
  }

  /**
   * Somebody with an account.
   *
   * @param login a citizen's personal number, an officer's user name
   * @param activationCode both halves of what they were handed, to set a password with
   */
  record Person(String login, String activationCode) {}

  /** Registers the account of a citizen, and makes an activation code. */
  Person citizen() throws IOException, InterruptedException {
    String number = "0" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
    return handed(number, Map.of("kind", "citizen", "personalNumber", number, "assurance", "low"));
  }

  /** Registers the account of an officer who asks other countries, and makes an activation code. */
  Person officer() throws IOException, InterruptedException {
    String userName = "officer-" + UUID.randomUUID();
    return handed(
        userName,
        Map.of(
            "kind", "officer",
            "userName", userName,
            "name", "Lê Thị Mai",
            "agencyId", office.clientId(),
            "office", "Desk 4",
            "roles", List.of("inquirer"),
            "assurance", "substantial"));
  }

  private Person handed(String login, Map<String, Object> particulars)
      throws IOException, InterruptedException {
    JsonNode account = post("/admin/v1/accounts", particulars);
    JsonNode handed =
        post("/admin/v1/accounts/" + account.path("id").asText() + "/activation", Map.of());
    return new Person(
        login,
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
