package org.mekong.identity.testing;

import static io.restassured.RestAssured.given;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.mekong.resourceserver.key.JwsKeys;
import org.mekong.resourceserver.testing.DpopClient;

/** A system that asks for tokens: client id, key, DPoP key. */
public final class TestSystem {
  /** The issuer of the tests. */
  public static final String ISSUER = "https://id.vn.mekong.example";

  /** Its token endpoint as published. */
  public static final URI TOKEN = URI.create(ISSUER + "/token");

  public static final String GATEWAY = "https://gateway.vn.mekong.example";
  public static final String REGISTRY = "https://registry.vn.mekong.example";

  public static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

  private static final Map<String, TestSystem> SERVICES = new ConcurrentHashMap<>();

  /** Where the answers of applications go. */
  public static final String REDIRECT = "https://desk.vn.mekong.example/callback";

  private final String clientId;
  private final JWK key;
  private final DpopClient dpop = new DpopClient();

  public TestSystem(String clientId, JWK key) {
    this.clientId = clientId;
    this.key = key;
  }

  /** The first administrator's system. */
  public static TestSystem administrator() {
    return new TestSystem("mekong-administrator", TestNode.administratorKey());
  }

  /** A new agency with a new system, registered by the administrator for marriages in Laos. */
  public static TestSystem registered() {
    String id = "vn-" + UUID.randomUUID();
    TestSystem system = new TestSystem(id, DpopClient.newKey());
    TestSystem administrator = administrator();
    administrator
        .post(
            "/admin/v1/agencies",
            Map.of("id", id, "name", "Sở Tư pháp", "agencyClass", "civil-registry"))
        .then()
        .statusCode(201);
    administrator.post("/admin/v1/clients", system.registration()).then().statusCode(201);
    return system;
  }

  /** The client that is the service behind a resource, registered where it was not yet. */
  public static synchronized TestSystem service(String id) {
    return SERVICES.computeIfAbsent(
        id,
        absent -> {
          TestSystem service = new TestSystem(absent, DpopClient.newKey());
          administrator()
              .post(
                  "/admin/v1/agencies",
                  Map.of("id", absent, "name", "Node", "agencyClass", "civil-registry"))
              .then()
              .statusCode(201);
          Map<String, Object> registration = service.registration();
          registration.put("scopes", List.of("lookup", "person.read"));
          registration.put("resources", List.of(REGISTRY, GATEWAY));
          registration.put("grantTypes", List.of("client_credentials", EXCHANGE));
          administrator().post("/admin/v1/clients", registration).then().statusCode(201);
          return service;
        });
  }

  /**
   * A new agency with an application that people sign in to.
   *
   * @param members of the registration that differ
   */
  public static TestSystem application(Map<String, Object> members) {
    return application(members, DpopClient.newKey());
  }

  /** {@link #application(Map)} with a key of any kind. */
  public static TestSystem application(Map<String, Object> members, JWK key) {
    String id = "vn-" + UUID.randomUUID();
    TestSystem system = new TestSystem(id, key);
    TestSystem administrator = administrator();
    administrator
        .post(
            "/admin/v1/agencies",
            Map.of("id", id, "name", "Sở Tư pháp", "agencyClass", "civil-registry"))
        .then()
        .statusCode(201);
    return system.in(id, members);
  }

  /** Registers this system as an application of an agency. */
  public TestSystem in(String agencyId, Map<String, Object> members) {
    Map<String, Object> registration = registration();
    registration.put("agencyId", agencyId);
    registration.put(
        "scopes", List.of("openid", "offline_access", "lookup", "person.read", "person.write"));
    registration.put("resources", List.of(GATEWAY, REGISTRY));
    registration.put("grantTypes", List.of("authorization_code", "refresh_token"));
    registration.put("redirectUris", List.of(REDIRECT));
    registration.putAll(members);
    administrator().post("/admin/v1/clients", registration).then().statusCode(201);
    return this;
  }

  /** What an administrator sends to register this system. */
  public Map<String, Object> registration() {
    Map<String, Object> registration = new LinkedHashMap<>();
    registration.put("clientId", clientId);
    registration.put("agencyId", clientId);
    registration.put("name", "Registry desk");
    registration.put("jwks", new JWKSet(key.toPublicJWK()).toJSONObject());
    registration.put("scopes", List.of("lookup"));
    registration.put("resources", List.of(GATEWAY));
    registration.put(
        "authorizationDetails",
        List.of(
            Map.of(
                "type",
                "population_lookup",
                "purpose",
                "marriage",
                "legalBasis",
                "Law 60/2014/QH13",
                "countries",
                List.of("LA"),
                "kinds",
                List.of("verify"),
                "fields",
                List.of("alive", "age_over", "married"))));
    return registration;
  }

  public String clientId() {
    return clientId;
  }

  /** By which it signs its assertions. */
  public JWK key() {
    return key;
  }

  public DpopClient dpop() {
    return dpop;
  }

  /** A good assertion. */
  public String assertion() {
    return assertion(UnaryOperator.identity());
  }

  /** An assertion whose claims are altered before it is signed. */
  public String assertion(UnaryOperator<JWTClaimsSet.Builder> alter) {
    return sign(key, algorithm(), alter);
  }

  private JWSAlgorithm algorithm() {
    try {
      return JwsKeys.algorithm(key);
    } catch (JOSEException unfit) {
      throw new IllegalArgumentException(unfit);
    }
  }

  /** An assertion by any key and algorithm. */
  public String sign(JWK by, JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> alter) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience(ISSUER)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)));
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(),
              alter.apply(claims).build());
      jwt.sign(
          by instanceof OctetKeyPair
              ? JwsKeys.signer(by)
              : new DefaultJWSSignerFactory().createJWSSigner(by, algorithm));
      return jwt.serialize();
    } catch (JOSEException unfit) {
      throw new IllegalArgumentException(unfit);
    }
  }

  /** The form of a good token request. */
  public Map<String, String> form() {
    return form("client_credentials");
  }

  /** The beginning of a good token request: grant type and assertion. */
  public Map<String, String> form(String grantType) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grantType);
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertion());
    return form;
  }

  /** Asks with a form and a good proof. */
  public Response ask(Map<String, String> form) {
    Response answer =
        given().formParams(form).header("DPoP", dpop.proof("POST", TOKEN)).post("/token");
    String nonce = answer.header("DPoP-Nonce");
    return nonce != null && answer.asString().contains("use_dpop_nonce")
        ? again(form, nonce)
        : answer;
  }

  /** As a client does where the server gives nonces: a new assertion, a proof with the nonce. */
  private Response again(Map<String, String> form, String nonce) {
    Map<String, String> next = new LinkedHashMap<>(form);
    next.put("client_assertion", assertion());
    return given()
        .formParams(next)
        .header("DPoP", dpop.proof("POST", TOKEN, "", claims -> claims.claim("nonce", nonce)))
        .post("/token");
  }

  /** A token for an audience. */
  public String token(String scope, String resource) {
    Map<String, String> form = form();
    form.put("scope", scope);
    form.put("resource", resource);
    return ask(form).then().statusCode(200).extract().path("access_token");
  }

  /** A request with a token for the admin API and a proof for this method and path. */
  public RequestSpecification authorised(String method, String path) {
    String token = token("identity.admin", ISSUER);
    return given()
        .header("Authorization", "DPoP " + token)
        .header("DPoP", dpop.proof(method, URI.create(ISSUER + path), token));
  }

  public Response post(String path, Object body) {
    return authorised("POST", path).contentType("application/json").body(body).post(path);
  }

  public Response get(String path) {
    return authorised("GET", path).get(path);
  }
}
