package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.client.AgencySession;
import org.mekong.client.AnswerCheck;
import org.mekong.client.Lookup;
import org.mekong.client.Profile;
import org.mekong.client.Question;
import org.mekong.client.SampleCitizen;
import org.mekong.client.TokenRefusedException;
import org.mekong.log.command.TrustedTls;

/**
 * An officer signs in, the desk to which they come exchanges their token for one to the gateway
 * (RFC 8693), and asks across the border: they are named, by pseudonym, wherever it is written
 * down, and nobody else is.
 */
class DeskIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DESK = "vn-desk";

  /** What the launcher says that the client {@link #DESK} serves. */
  static final URI DESK_RESOURCE = URI.create("https://desk.vn.mekong.example");

  private static final Map<String, Object> MAY_ASK =
      Map.of(
          "type", "population_lookup",
          "purpose", "marriage",
          "countries", List.of("LA"),
          "kinds", List.of("verify"),
          "fields", List.of("alive", "age_over", "married"));

  private static ECKey deskKey;
  @TempDir Path folder;
  private Profile.Loaded office;
  private Profile profile;
  private Administrator administrator;
  private AgencySession desk;
  private BothLogs logs;
  private String number;

  @BeforeEach
  void register() throws Exception {
    RunningPlatform platform = RunningPlatform.shared();
    office = platform.registryOffice();
    profile = office.profile();
    administrator = new Administrator(office);
    logs = BothLogs.of(office);
    number = platform.residentNumber();
    if (deskKey == null) {
      deskKey = new ECKeyGenerator(Curve.P_256).keyID(DESK).generate();
      administrator.client(
          DESK,
          deskKey,
          Map.of(
              "name", "Register of marriages, desks",
              "grantTypes", List.of("urn:ietf:params:oauth:grant-type:token-exchange"),
              "scopes", List.of("lookup"),
              "resources", List.of(profile.gateway().toString()),
              "authorizationDetails", List.of(MAY_ASK)));
    }
    desk = session(DESK, deskKey);
  }

  private AgencySession session(String clientId, ECKey key) throws Exception {
    return new AgencySession(
        profile.issuer(), clientId, key, TrustedTls.trusting(office.file(profile.caFile())));
  }

  @Test
  void theOfficerWhoSignedInIsNamedInBothLogsAndInTheEvidence() throws Exception {
    String signedIn = tokenOfAnOfficer();
    DPoPAccessToken token = exchanged(signedIn);

    JWTClaimsSet claims = claims(token.getValue());
    String pseudonym = claims.getSubject();
    assertEquals(claims(signedIn).getSubject(), pseudonym);
    assertEquals(Map.of("sub", DESK), claims.getJSONObjectClaim("act"));
    assertEquals(List.of(profile.gateway().toString()), claims.getAudience());

    HttpResponse<String> answered = ask(desk, token, "");
    assertEquals(200, answered.statusCode(), answered.body());
    JsonNode envelope = JSON.readTree(answered.body());
    String requestId = AnswerCheck.of(office).check(by(pseudonym), envelope).requestId();
    assertEquals(pseudonym, officerOf(envelope.path("signedRequest").asText()));
    for (String nation : List.of("VN", "LA")) {
      List<JsonNode> legs = logs.awaitEntries(nation, "gateway", requestId, 2);
      assertEquals(2, legs.size(), legs::toString);
      for (JsonNode leg : legs) {
        assertEquals(pseudonym, leg.path("officer").asText(), leg::toString);
      }
    }
    assertEquals(pseudonym, disclosure(requestId).path("officer").asText());
    String bundle = new Lookup(office).evidence(by(pseudonym), requestId).orElseThrow();
    assertEquals(pseudonym, officerOf(JSON.readTree(bundle).path("signedRequest").asText()));
    Path file = Files.writeString(folder.resolve("evidence.json"), bundle);
    CommandLine verified = CommandLine.mekong("", "verify", file.toString());
    assertEquals(0, verified.exitCode(), verified::output);
  }

  @Test
  void aTokenThatNamesAnOfficerServesNoOther() throws Exception {
    DPoPAccessToken token = exchanged(tokenOfAnOfficer());
    String other = claims(exchanged(tokenOfAnOfficer()).getValue()).getSubject();
    assertNotEquals(claims(token.getValue()).getSubject(), other);

    for (String named : List.of(other, "officer-1")) {
      HttpResponse<String> refused = ask(desk, token, named);

      assertEquals(403, refused.statusCode(), refused.body());
      assertEquals("token/officer", JSON.readTree(refused.body()).path("rule").asText());
    }
    String own = claims(token.getValue()).getSubject();
    assertEquals(200, ask(desk, token, own).statusCode());
  }

  @Test
  void anOfficersTokenIsOfNoUseToAnybodyElse() throws Exception {
    String signedIn = tokenOfAnOfficer();
    AgencySession systemOfTheOffice = AgencySession.of(office);

    TokenRefusedException refused =
        assertThrows(
            TokenRefusedException.class,
            () -> systemOfTheOffice.exchanged(signedIn, "lookup", profile.gateway(), List.of()));
    assertEquals("unauthorized_client", refused.code());

    HttpResponse<String> unexchanged = ask(desk, new DPoPAccessToken(signedIn), "");
    assertEquals(401, unexchanged.statusCode(), unexchanged.body());
    HttpResponse<String> stolen = ask(systemOfTheOffice, exchanged(signedIn), "");
    assertEquals(401, stolen.statusCode(), stolen.body());
  }

  /** Of a new officer, who has signed in at an application of their office, for the desk. */
  private String tokenOfAnOfficer() throws Exception {
    Administrator.Application application =
        administrator.application(
            folder,
            Map.of(
                "name", "Register of marriages",
                "grantTypes", List.of("authorization_code"),
                "scopes", List.of("openid", "lookup"),
                "resources", List.of(DESK_RESOURCE.toString()),
                "authorizationDetails", List.of(MAY_ASK)));
    FlowByHand flow = new FlowByHand(profile.issuer(), application, office.file(profile.caFile()));
    SampleCitizen officer = flow.activate(administrator.officer());
    String opening =
        flow.push(
            Map.of(
                "scope", "openid lookup",
                "resource", DESK_RESOURCE.toString(),
                "authorization_details", JSON.writeValueAsString(List.of(MAY_ASK))));
    HttpResponse<String> signedIn =
        flow.signIn(
            flow.follow(opening),
            officer.personalNumber(),
            officer.oneTimeCode(Instant.now().plusSeconds(30)));
    assertEquals(303, signedIn.statusCode(), signedIn::body);
    HttpResponse<String> asked = flow.follow(FlowByHand.location(signedIn));
    HttpResponse<String> allowed = flow.submit("/consent", asked, Map.of("decision", "allow"));
    String code = FlowByHand.codeOf(flow.get(FlowByHand.location(allowed)));
    HttpResponse<String> tokens = flow.send(flow.redeeming(code));
    assertEquals(200, tokens.statusCode(), tokens::body);
    return FlowByHand.read(tokens).path("access_token").asText();
  }

  private DPoPAccessToken exchanged(String signedIn) throws Exception {
    return desk.exchanged(
        signedIn,
        "lookup",
        profile.gateway(),
        List.of(AuthorizationDetail.parse(new JSONObject(MAY_ASK))));
  }

  private HttpResponse<String> ask(AgencySession session, DPoPAccessToken token, String officer)
      throws Exception {
    ObjectNode body =
        (ObjectNode)
            JSON.readTree(
                """
                {"country": "LA", "kind": "verify", "purpose": "marriage",
                 "subject": {"personalNumber": "%s"}, "predicates": [{"name": "alive"}]}"""
                    .formatted(number));
    if (!officer.isEmpty()) {
      body.put("officer", officer);
    }
    URI lookups = profile.gateway().resolve("/v1/lookups");
    return session.send("POST", lookups, token, body.toString());
  }

  private Question by(String officer) {
    return new Question(
        "LA",
        "marriage",
        number,
        List.of(new Question.Predicate("alive", Map.of())),
        List.of(),
        officer);
  }

  private JsonNode disclosure(String requestId) throws Exception {
    List<JsonNode> entries = logs.awaitEntries("LA", "registry", requestId, 1);
    assertEquals("disclosure", entries.getFirst().path("kind").asText(), entries::toString);
    return entries.getFirst();
  }

  private static String officerOf(String signedRequest) throws Exception {
    return JSON.readTree(JWSObject.parse(signedRequest).getPayload().toString())
        .path("officer")
        .asText();
  }

  private static JWTClaimsSet claims(String token) throws Exception {
    return SignedJWT.parse(token).getJWTClaimsSet();
  }
}
