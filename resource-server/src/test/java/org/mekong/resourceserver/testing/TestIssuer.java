package org.mekong.resourceserver.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A small real issuer on a port of its own: discovery (OpenID Connect and RFC 8414), keys, and
 * access tokens in the profile of RFC 9068 that are bound to a client's DPoP key.
 */
public final class TestIssuer implements AutoCloseable {
  private final HttpServer server;
  private final Clock clock;
  private final URI issuer;
  private final JWK key = DpopClient.newKey();

  private TestIssuer(HttpServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
    this.issuer = URI.create("http://localhost:" + server.getAddress().getPort());
    AuthorizationServerMetadata metadata = new AuthorizationServerMetadata(new Issuer(issuer));
    metadata.setJWKSetURI(issuer.resolve("/jwks"));
    metadata.setTokenEndpointURI(issuer.resolve("/token"));
    serve("/.well-known/openid-configuration", metadata.toJSONObject().toJSONString());
    serve("/.well-known/oauth-authorization-server", metadata.toJSONObject().toJSONString());
    serve("/jwks", new JWKSet(key.toPublicJWK()).toString());
    server.createContext("/token", new TestTokenEndpoint(this));
  }

  /** Starts an issuer on a free port of this machine. */
  public static TestIssuer start() {
    return start(Clock.systemUTC());
  }

  public static TestIssuer start(Clock clock) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TestIssuer issuer = new TestIssuer(server, clock);
      server.start();
      return issuer;
    } catch (IOException unavailable) {
      throw new IllegalStateException(unavailable);
    }
  }

  /** The issuer identifier, an http URL without a path. */
  public URI issuer() {
    return issuer;
  }

  /** The issuer's key pair. */
  public JWK key() {
    return key;
  }

  /** A good token of five minutes for an audience, with scopes and details, bound to the client. */
  public String token(
      DpopClient client,
      String clientId,
      URI audience,
      String scope,
      List<Map<String, Object>> authorizationDetails) {
    return token(
        client,
        clientId,
        audience,
        claims -> {
          claims.claim("scope", scope);
          return authorizationDetails.isEmpty()
              ? claims
              : claims.claim("authorization_details", authorizationDetails);
        });
  }

  /** A token whose claims are altered before it is signed. */
  public String token(
      DpopClient client, String clientId, URI audience, UnaryOperator<JWTClaimsSet.Builder> alter) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.toString())
            .subject(clientId)
            .audience(audience.toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
            .jwtID(UUID.randomUUID().toString())
            .claim("client_id", clientId)
            .claim("cnf", Map.of("jkt", client.thumbprint()));
    return sign(key, new JOSEObjectType("at+jwt"), alter.apply(claims).build());
  }

  /** Any claims as a JWT of any type, signed by any P-256 key under this issuer's key id. */
  public String sign(JWK by, JOSEObjectType type, JWTClaimsSet claims) {
    try {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(key.getKeyID()).build();
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new ECDSASigner(by.toECKey()));
      return jwt.serialize();
    } catch (JOSEException unfit) {
      throw new IllegalArgumentException(unfit);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
