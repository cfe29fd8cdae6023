package org.mekong.benchmarks.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mekong.benchmarks.load.Wrk;

/** The registry office in Viet Nam that the launcher registers, asking Laos. Thread-safe. */
final class Office {

  private static final String ID = "vn-quang-tri-registry-office";
  private static final String DETAILS =
      """
      [{"type": "population_lookup", "purpose": "marriage", "countries": ["LA"],
        "kinds": ["verify"], "fields": ["alive", "age_over", "married"]}]""";
  private static final Duration TOKEN_USED = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI issuer;
  private final URI lookups;
  private final URI resource;
  private final HttpClient http;
  private final ECKey key;
  private final JWSSigner signer;
  private final List<String> numbers;
  private volatile Bearer bearer = new Bearer("", "", Instant.MIN);

  private record Bearer(String token, String hash, Instant got) {}

  Office(TwoNations nations, List<String> numbers) throws IOException, GeneralSecurityException {
    this.issuer = nations.issuer();
    this.resource = nations.gateway();
    this.lookups = resource.resolve("/v1/lookups");
    this.numbers = List.copyOf(numbers);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Tls.anonymous(nations.authority()))
            .build();
    Path file = nations.data().resolve("VN/clients/registry-office.jwk");
    try {
      this.key = ECKey.parse(Files.readString(file));
      this.signer = new ECDSASigner(key);
    } catch (ParseException | JOSEException e) {
      throw new IOException(file + " is no key", e);
    }
  }

  /** Gets a token where the one at hand is old; between runs, so that none is got in one. */
  void refresh() throws IOException, InterruptedException {
    if (bearer.got.plus(TOKEN_USED).isAfter(Instant.now())) {
      return;
    }
    URI endpoint = issuer.resolve("/token");
    String form =
        "grant_type=client_credentials&scope=lookup&client_assertion_type="
            + encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            + "&client_assertion="
            + assertion()
            + "&authorization_details="
            + encode(DETAILS)
            + "&resource="
            + encode(resource.toString());
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("DPoP", proof(endpoint, null))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("no token: " + answer.statusCode() + " " + answer.body());
    }
    String token = JSON.readTree(answer.body()).path("access_token").asText();
    bearer = new Bearer(token, hash(token), Instant.now());
  }

  /** One whole lookup: three yes/no questions about somebody in Laos, answered and logged. */
  void ask() throws IOException, InterruptedException {
    Bearer shown = bearer;
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(lookups)
                .header("Content-Type", "application/json")
                .header("Authorization", "DPoP " + shown.token)
                .header("DPoP", proof(lookups, shown.hash))
                .POST(HttpRequest.BodyPublishers.ofString(question()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("a lookup was answered " + answer.statusCode() + " " + answer.body());
    }
  }

  private String question() {
    return """
    {"country": "LA", "kind": "verify", "purpose": "marriage",
     "subject": {"personalNumber": "%s"},
     "predicates": [{"name": "alive"}, {"name": "age_over", "years": 18}, {"name": "married"}],
     "officer": "officer-7f3a", "deadline": "PT20S"}"""
        .formatted(somebody());
  }

  /** Lookups as {@link #ask} makes them, signed ahead: each good once, and for a minute. */
  List<Wrk.Request> signed(int count) {
    Bearer shown = bearer;
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(
            i ->
                new Wrk.Request(
                    "POST",
                    lookups.getPath(),
                    Map.of(
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "DPoP " + shown.token,
                        "DPoP",
                        proof(lookups, shown.hash)),
                    question().replace("\n", " ")))
        .toList();
  }

  URI lookups() {
    return lookups;
  }

  /** The number of somebody in Laos. */
  String somebody() {
    return numbers.get(ThreadLocalRandom.current().nextInt(numbers.size()));
  }

  private String assertion() {
    Instant now = Instant.now();
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
        new JWTClaimsSet.Builder()
            .issuer(ID)
            .subject(ID)
            .audience(issuer.toString())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(50)))
            .build());
  }

  private String proof(URI target, @Nullable String tokenHash) {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key.toPublicJWK())
            .build(),
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", "POST")
            .claim("htu", target.toString())
            .claim("ath", tokenHash)
            .issueTime(Date.from(Instant.now()))
            .build());
  }

  private String sign(JWSHeader header, JWTClaimsSet claims) {
    SignedJWT jwt = new SignedJWT(header, claims);
    try {
      jwt.sign(signer);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return jwt.serialize();
  }

  private static String hash(String token) {
    try {
      return Base64URL.encode(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.getBytes(StandardCharsets.US_ASCII)))
          .toString();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
