package org.mekong.benchmarks.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A client with a key of its own, which signs its assertions and its proofs. Thread-safe. */
final class ClientSystem {

  private final String id;
  private final ECKey key;
  private final JWSSigner signer;

  private ClientSystem(String id, ECKey key) {
    this.id = id;
    this.key = key;
    try {
      this.signer = new ECDSASigner(key);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The same clients at every run: their keys stay in a folder, for Keycloak keeps its realm. */
  static List<ClientSystem> load(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    List<ClientSystem> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(load(folder, "client-" + i));
    }
    return clients;
  }

  static ClientSystem load(Path folder, String id) throws IOException {
    Path file = folder.resolve(id + ".jwk");
    try {
      if (!Files.exists(file)) {
        ECKey made =
            new ECKeyGenerator(Curve.P_256)
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .generate();
        Files.writeString(file, made.toJSONString());
      }
      return new ClientSystem(id, ECKey.parse(Files.readString(file)));
    } catch (JOSEException | ParseException e) {
      throw new IOException(file + " is no key", e);
    }
  }

  String id() {
    return id;
  }

  ECKey publicKey() {
    return key.toPublicJWK();
  }

  /** What one request for a token carries. */
  record TokenRequest(String form, String proof) {}

  /** A new request, with an assertion and a proof that are good once and for a few seconds. */
  TokenRequest request(URI issuer, URI endpoint, String parameters) {
    Instant now = Instant.now();
    String assertion =
        sign(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(issuer.toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(50)))
                .build());
    String form =
        "grant_type=client_credentials&client_id="
            + id
            + "&client_assertion_type="
            + encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            + "&client_assertion="
            + assertion
            + parameters;
    return new TokenRequest(form, proof("POST", endpoint, null));
  }

  /**
   * A proof of this client's key.
   *
   * @param tokenHash hash of the token it goes with; null at the token endpoint
   */
  String proof(String method, URI target, @Nullable String tokenHash) {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key.toPublicJWK())
            .build(),
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", method)
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

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
