package org.mekong.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mekong.log.command.TrustedTls;

/**
 * One system's way to prove itself: private_key_jwt at the token endpoint (RFC 7523, FAPI 2.0), and
 * a fresh DPoP proof (RFC 9449) with every request, so that a stolen token is of no use without the
 * key. Thread-safe.
 */
public final class AgencySession {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI issuer;
  private final String clientId;
  private final ECKey key;
  private final SSLContext tls;
  private final HttpClient http;
  private final DPoPProofFactory proofs;

  /**
   * @param key the client's private key; an EC key on P-256
   * @throws IOException where the key cannot sign ES256
   */
  public AgencySession(URI issuer, String clientId, JWK key, SSLContext tls) throws IOException {
    this.issuer = issuer;
    this.clientId = clientId;
    this.key = key.toECKey();
    this.tls = tls;
    this.http =
        HttpClient.newBuilder().sslContext(tls).connectTimeout(Duration.ofSeconds(5)).build();
    try {
      this.proofs = new DefaultDPoPProofFactory(this.key, JWSAlgorithm.ES256);
    } catch (JOSEException e) {
      throw new IOException("the client key cannot sign ES256: " + e.getMessage(), e);
    }
  }

  /** The session of a profile's client at its own country's identity-service. */
  public static AgencySession of(Profile.Loaded loaded) throws IOException {
    Profile profile = loaded.profile();
    return new AgencySession(
        profile.issuer(),
        profile.clientId(),
        loaded.key(),
        TrustedTls.trusting(loaded.file(profile.caFile())));
  }

  /**
   * Gets an access token that is bound to this session's key.
   *
   * @param scope what the token is for, {@code lookup} for instance
   * @param resource the service that will be called (RFC 8707)
   * @param details what it will be used for (RFC 9396); may be empty
   * @throws TokenRefusedException with the error that the identity-service gave
   */
  public DPoPAccessToken token(String scope, URI resource, List<AuthorizationDetail> details)
      throws IOException, TokenRefusedException {
    return granted(new ClientCredentialsGrant(), new Wish(scope, resource, details));
  }

  /**
   * Exchanges an officer's access token, which was made for the service that this client is, for
   * one to another service on the same officer's behalf (RFC 8693).
   *
   * @param details of those that the officer's token holds; may be empty
   * @throws TokenRefusedException with the error that the identity-service gave
   */
  public DPoPAccessToken exchanged(
      String token, String scope, URI resource, List<AuthorizationDetail> details)
      throws IOException, TokenRefusedException {
    return granted(
        new TokenExchangeGrant(new BearerAccessToken(token), TokenTypeURI.ACCESS_TOKEN),
        new Wish(scope, resource, details));
  }

  private record Wish(String scope, URI resource, List<AuthorizationDetail> details) {}

  private DPoPAccessToken granted(AuthorizationGrant grant, Wish wish)
      throws IOException, TokenRefusedException {
    try {
      URI endpoint = metadata().getTokenEndpointURI();
      HTTPResponse answer = ask(endpoint, grant, wish, null);
      Nonce nonce = answer.getDPoPNonce();
      TokenResponse response = TokenResponse.parse(answer);
      if (nonce != null && wantsNonce(response)) {
        response = TokenResponse.parse(ask(endpoint, grant, wish, nonce));
      }
      if (!response.indicatesSuccess()) {
        throw new TokenRefusedException(response.toErrorResponse().getErrorObject());
      }
      DPoPAccessToken token = response.toSuccessResponse().getTokens().getDPoPAccessToken();
      if (token == null) {
        throw new IOException(issuer + " answered with a token that is not bound to the key");
      }
      return token;
    } catch (ParseException e) {
      throw new IOException(issuer + " answered outside the standard: " + e.getMessage(), e);
    } catch (JOSEException e) {
      throw new IOException("the client key cannot sign: " + e.getMessage(), e);
    }
  }

  /** One token request, with an assertion and a proof of its own. */
  private HTTPResponse ask(URI endpoint, AuthorizationGrant grant, Wish wish, @Nullable Nonce nonce)
      throws IOException, JOSEException {
    TokenRequest.Builder request =
        new TokenRequest.Builder(endpoint, assertion(), grant)
            .scope(Scope.parse(wish.scope()))
            .resource(wish.resource());
    if (!wish.details().isEmpty()) {
      request.authorizationDetails(wish.details());
    }
    HTTPRequest message = request.build().toHTTPRequest();
    message.setDPoP(proofs.createDPoPJWT("POST", endpoint, nonce));
    message.setSSLSocketFactory(tls.getSocketFactory());
    message.setConnectTimeout((int) TIMEOUT.toMillis());
    message.setReadTimeout((int) TIMEOUT.toMillis());
    return message.send();
  }

  /** Whether the issuer asks for a nonce of its own in the proof (RFC 9449 section 8). */
  private static boolean wantsNonce(TokenResponse response) {
    return !response.indicatesSuccess()
        && OAuth2Error.USE_DPOP_NONCE
            .getCode()
            .equals(response.toErrorResponse().getErrorObject().getCode());
  }

  /**
   * Sends JSON, or nothing where {@code body} is null, with the token and a proof made for this one
   * request.
   */
  public HttpResponse<String> send(String method, URI uri, AccessToken token, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri)
              .timeout(TIMEOUT)
              .header("Authorization", token.toAuthorizationHeader())
              .header("DPoP", proofs.createDPoPJWT(method, uri, token).serialize())
              .header("Accept", "application/json, application/problem+json")
              .method(method, content);
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      if (method.toUpperCase(Locale.ROOT).equals("POST")) {
        request.header("Idempotency-Key", UUID.randomUUID().toString());
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (JOSEException e) {
      throw new IOException("the client key cannot sign: " + e.getMessage(), e);
    }
  }

  /** Sends JSON in nobody's name. */
  public HttpResponse<String> send(String method, URI uri, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Accept", "application/json, application/problem+json")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /**
   * Sends anything, with the token and a proof made for this one request.
   *
   * @param headers beside those of the credentials
   */
  public <T> HttpResponse<T> send(
      String method,
      URI uri,
      AccessToken token,
      Map<String, String> headers,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<T> answer)
      throws IOException, InterruptedException {
    URI target = uri.resolve(uri.getRawPath());
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", token.toAuthorizationHeader())
              .header("DPoP", proofs.createDPoPJWT(method, target, token).serialize())
              .method(method, body);
      headers.forEach(request::header);
      return http.send(request.build(), answer);
    } catch (JOSEException e) {
      throw new IOException("the client key cannot sign: " + e.getMessage(), e);
    }
  }

  private AuthorizationServerMetadata metadata() throws IOException, ParseException {
    URI discovery = URI.create(issuer + "/.well-known/openid-configuration");
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(discovery).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(discovery + " answered " + response.statusCode());
      }
      AuthorizationServerMetadata metadata = AuthorizationServerMetadata.parse(response.body());
      if (!issuer.toString().equals(metadata.getIssuer().getValue())) {
        throw new IOException(discovery + " speaks for another issuer: " + metadata.getIssuer());
      }
      return metadata;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private PrivateKeyJWT assertion() throws JOSEException {
    return new PrivateKeyJWT(
        new ClientID(clientId),
        issuer,
        JWSAlgorithm.ES256,
        key.toECPrivateKey(),
        key.getKeyID(),
        null);
  }
}
