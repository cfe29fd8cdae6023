package org.mekong.portal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mekong.log.command.TrustedTls;

/**
 * The identity-service as an application sees it: what it publishes of itself, and how this
 * application proves itself to it. Thread-safe.
 */
final class Provider {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LARGEST_ANSWER = 256 * 1024;

  private final PortalSettings settings;
  private final SSLContext tls;
  private final DefaultResourceRetriever retriever;
  private final ECKey proofKey;
  private final DPoPProofFactory proofs;
  private final AtomicReference<@Nullable OIDCProviderMetadata> known = new AtomicReference<>();

  Provider(PortalSettings settings) throws IOException {
    this.settings = settings;
    this.tls = TrustedTls.trusting(settings.authority());
    this.retriever =
        new DefaultResourceRetriever(
            PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST_ANSWER, true, tls.getSocketFactory());
    try {
      this.proofKey = new ECKeyGenerator(Curve.P_256).generate();
      this.proofs = new DefaultDPoPProofFactory(proofKey, JWSAlgorithm.ES256);
    } catch (JOSEException impossible) {
      throw new IOException("no key on P-256 can be made", impossible);
    }
  }

  /**
   * What the identity-service says of itself; asked for once.
   *
   * @throws IOException where it does not answer, or speaks for another issuer
   */
  OIDCProviderMetadata metadata() throws IOException {
    OIDCProviderMetadata before = known.get();
    if (before != null) {
      return before;
    }
    URI discovery = URI.create(settings.issuer() + "/.well-known/openid-configuration");
    try {
      HTTPResponse answer = send(new HTTPRequest(HTTPRequest.Method.GET, discovery));
      answer.ensureStatusCode(200);
      OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(answer.getBody());
      if (!metadata.getIssuer().equals(settings.issuer())) {
        throw new IOException(discovery + " speaks for another issuer");
      }
      known.set(metadata);
      return metadata;
    } catch (ParseException unfit) {
      throw new IOException(discovery + " answered outside the standard", unfit);
    }
  }

  /** A fresh assertion by which this application proves who it is (RFC 7523). */
  ClientAuthentication assertion() throws JOSEException {
    return new PrivateKeyJWT(
        settings.clientId(),
        URI.create(settings.issuer().getValue()),
        JWSAlgorithm.ES256,
        settings.key().toECPrivateKey(),
        settings.key().getKeyID(),
        null);
  }

  /** The key that tokens and the code are to be bound to (RFC 9449 section 10). */
  JWKThumbprintConfirmation binding() throws JOSEException {
    return new JWKThumbprintConfirmation(proofKey.computeThumbprint());
  }

  /** Sends a request as it is. */
  HTTPResponse send(HTTPRequest request) throws IOException {
    request.setSSLSocketFactory(tls.getSocketFactory());
    request.setConnectTimeout(PATIENCE_MILLIS);
    request.setReadTimeout(PATIENCE_MILLIS);
    request.setFollowRedirects(false);
    return request.send();
  }

  /** Makes a request; a new one each time, since an assertion is good once. */
  interface Making {
    HTTPRequest request() throws JOSEException;
  }

  /**
   * Sends a request with a proof of the key; once more where the identity-service asks for a nonce
   * of its own in it (RFC 9449 section 8).
   *
   * @param token that the request carries, if any
   */
  HTTPResponse sendWithProof(Making making, Optional<AccessToken> token)
      throws IOException, JOSEException {
    HTTPResponse answer = proved(making.request(), token, null);
    Nonce nonce = answer.getDPoPNonce();
    boolean asked =
        nonce != null && (answer.getStatusCode() == 400 || answer.getStatusCode() == 401);
    return asked ? proved(making.request(), token, nonce) : answer;
  }

  private HTTPResponse proved(
      HTTPRequest request, Optional<AccessToken> token, @Nullable Nonce nonce)
      throws IOException, JOSEException {
    String method = request.getMethod().name();
    URI uri = request.getURI();
    request.setDPoP(
        token.isPresent()
            ? proofs.createDPoPJWT(method, uri, token.get(), nonce)
            : proofs.createDPoPJWT(method, uri, nonce));
    return send(request);
  }

  /** Checks an ID token: signature, issuer, audience, times and nonce. */
  IDTokenClaimsSet verified(JWT idToken, Nonce nonce)
      throws IOException, BadJOSEException, JOSEException {
    return new IDTokenValidator(
            settings.issuer(), settings.clientId(), JWSAlgorithm.ES256, keys(), retriever)
        .validate(idToken, nonce);
  }

  /** Checks a logout token (Back-Channel Logout section 2.6). */
  LogoutTokenClaimsSet verified(JWT logoutToken)
      throws IOException, BadJOSEException, JOSEException {
    return new LogoutTokenValidator(
            settings.issuer(), settings.clientId(), JWSAlgorithm.ES256, keys(), retriever)
        .validate(logoutToken);
  }

  private java.net.URL keys() throws IOException {
    try {
      return metadata().getJWKSetURI().toURL();
    } catch (MalformedURLException unfit) {
      throw new IOException("the identity-service publishes no address of keys", unfit);
    }
  }

  /** The public half of the key by which this application proves who it is. */
  static JWKSet published(PortalSettings settings) {
    return new JWKSet(settings.key().toPublicJWK());
  }
}
