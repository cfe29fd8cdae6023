package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mekong.client.SampleCitizen;
import org.mekong.log.command.TrustedTls;

/** The code flow step by step: an application, and a browser without pictures. */
final class FlowByHand {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "2 con trâu, 7 cây mít";

  /** The challenge of RFC 7636 appendix B, and its verifier. */
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final Pattern INTERACTION =
      Pattern.compile("name=\"interaction\" value=\"([^\"]+)\"");

  private final URI issuer;
  private final Administrator.Application application;
  private final ECKey key;
  private final DefaultDPoPProofFactory proofs;
  private final HttpClient http;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  FlowByHand(URI issuer, Administrator.Application application, Path authority) throws Exception {
    this.issuer = issuer;
    this.application = application;
    this.key = ECKey.parse(Files.readString(application.keyFile()));
    this.proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256);
    this.http =
        HttpClient.newBuilder()
            .sslContext(TrustedTls.trusting(authority))
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** Sets somebody's password and takes over the secret of their one-time codes. */
  SampleCitizen activate(Administrator.Person person) throws Exception {
    String code = person.activationCode();
    JsonNode offer = JSON.readTree(json("/v1/activations", Map.of("code", code)).body());
    SampleCitizen activated =
        new SampleCitizen("", person.login(), PASSWORD, offer.path("secret").asText());
    HttpResponse<String> done =
        json(
            "/v1/activations/completion",
            Map.of(
                "code",
                code,
                "password",
                PASSWORD,
                "oneTimeCode",
                activated.oneTimeCode(Instant.now())));
    assertEquals(204, done.statusCode(), done::body);
    return activated;
  }

  /** Pushes a request; the address that opens it. */
  String push() throws Exception {
    return push(Map.of("scope", "openid offline_access"));
  }

  /** Pushes a request for what these parameters say. */
  String push(Map<String, String> wanted) throws Exception {
    Map<String, String> form = authenticated();
    form.putAll(wanted);
    form.put("response_type", "code");
    form.put("client_id", application.clientId());
    form.put("redirect_uri", application.redirect().toString());
    form.put("code_challenge", CHALLENGE);
    form.put("code_challenge_method", "S256");
    HttpResponse<String> pushed = send(posting("/par", form).build());
    assertEquals(201, pushed.statusCode(), pushed::body);
    String requestUri = JSON.readTree(pushed.body()).path("request_uri").asText();
    return "/authorize?client_id="
        + application.clientId()
        + "&request_uri="
        + URLEncoder.encode(requestUri, StandardCharsets.UTF_8);
  }

  /** Opens a page, and those that it leads to here. */
  HttpResponse<String> follow(String path) throws Exception {
    HttpResponse<String> page = get(path);
    while (page.statusCode() == 303 && location(page).startsWith("/")) {
      page = get(location(page));
    }
    return page;
  }

  HttpResponse<String> get(String path) throws Exception {
    return kept(send(cookied(HttpRequest.newBuilder(issuer.resolve(path))).GET().build()));
  }

  /** Sends a page's form. */
  HttpResponse<String> submit(String path, HttpResponse<String> page, Map<String, String> fields)
      throws Exception {
    Map<String, String> form = new LinkedHashMap<>(fields);
    Matcher found = INTERACTION.matcher(page.body());
    assertEquals(true, found.find(), page::body);
    form.put("interaction", found.group(1));
    return kept(send(cookied(posting(path, form)).build()));
  }

  HttpResponse<String> signIn(HttpResponse<String> page, String login, String code)
      throws Exception {
    return submit(
        "/sign-in",
        page,
        Map.of("login", login, "password", PASSWORD, "code", code, "decision", "sign-in"));
  }

  static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  /** The code that a redirect carries to the application. */
  static String codeOf(HttpResponse<String> answer) {
    Matcher found = Pattern.compile("[?&]code=([^&]+)").matcher(location(answer));
    assertEquals(true, found.find(), () -> answer.statusCode() + " " + location(answer));
    return found.group(1);
  }

  /** A token request by a code: with an assertion and a proof that are good once. */
  HttpRequest redeeming(String code) throws Exception {
    Map<String, String> form = authenticated();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", application.redirect().toString());
    form.put("code_verifier", VERIFIER);
    return posting("/token", form)
        .header("DPoP", proofs.createDPoPJWT("POST", issuer.resolve("/token")).serialize())
        .build();
  }

  /** Whether a token is good still. */
  boolean active(String token) throws Exception {
    Map<String, String> form = authenticated();
    form.put("token", token);
    return JSON.readTree(send(posting("/introspect", form).build()).body())
        .path("active")
        .asBoolean();
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> sendAndGoOn(HttpRequest request) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode read(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  private Map<String, String> authenticated() throws Exception {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put(
        "client_assertion",
        new PrivateKeyJWT(
                new ClientID(application.clientId()),
                issuer,
                JWSAlgorithm.ES256,
                key.toECPrivateKey(),
                key.getKeyID(),
                null)
            .getClientAssertion()
            .serialize());
    return form;
  }

  private HttpResponse<String> json(String path, Map<String, String> body) throws Exception {
    return send(
        HttpRequest.newBuilder(issuer.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  private HttpRequest.Builder posting(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(issuer.resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder cookied(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private HttpResponse<String> kept(HttpResponse<String> answer) {
    for (String cookie : answer.headers().allValues("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return answer;
  }
}
