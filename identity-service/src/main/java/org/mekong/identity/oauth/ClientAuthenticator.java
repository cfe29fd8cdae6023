package org.mekong.identity.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientIdentity;
import org.mekong.identity.client.Clients;
import org.mekong.identity.client.RemoteKeys;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.key.SigningKeys;
import org.mekong.resourceserver.key.JwsKeys;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.SingleUse;

/**
 * Authenticates clients, each by the one method of its registration: private_key_jwt (RFC 7523) as
 * FAPI 2.0 wants it, with the issuer as one string for an audience, a strong algorithm, an
 * assertion that is short-lived and of single use; or its certificate (RFC 8705 section 2).
 * Whatever is wrong, an unknown client included, the answer and the work done are the same.
 */
@Singleton
public class ClientAuthenticator {
  private static final String ADVICE =
      "Authenticate by the method of your registration. The client is not known or its assertion or"
          + " certificate is not good. Of an assertion: iss and sub the client_id, aud the issuer"
          + " as one string, a new jti, exp within 10 minutes, signed by a registered key with"
          + " ES256 or PS256.";

  /** How far ahead an assertion's expiry may lie, and so how long its identifier is remembered. */
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

  private static final Duration SKEW = Duration.ofSeconds(10);
  private static final int LONGEST_ASSERTION = 8192;
  private static final int LONGEST_IDENTIFIER = 256;

  private final String issuer;
  private final Clients clients;
  private final RemoteKeys keys;
  private final JWK decoy;
  private final Clock clock;

  ClientAuthenticator(
      IssuerAddress issuer, Clients clients, RemoteKeys keys, SigningKeys decoy, Clock clock) {
    this.clients = clients;
    this.keys = keys;
    this.decoy = decoy.current().publicKey();
    this.clock = clock;
    this.issuer = issuer.issuer().toString();
  }

  /**
   * A client that has proved who it is.
   *
   * @param client who
   * @param use the identifier of its assertion, still to be spent
   * @param until when that identifier may be forgotten
   */
  public record Authenticated(Client client, Optional<SingleUse> use, Instant until) {
    /**
     * Uses the assertion up, in the transaction in which the request is served.
     *
     * @throws OAuthRefused when it was used before
     */
    public void spend(Transaction transaction) throws OAuthRefused, SQLException {
      if (use.isPresent()) {
        try {
          transaction.spend(use.get(), until);
        } catch (AlreadyUsed replayed) {
          throw new OAuthRefused(OAuth2Error.INVALID_CLIENT, "client/assertion-replayed", ADVICE);
        }
      }
    }

    /**
     * Refuses a client that is suspended or outside of its validity.
     *
     * @throws OAuthRefused {@code invalid_client}
     */
    public void requireUsableAt(Instant now) throws OAuthRefused {
      if (!client.usableAt(now)) {
        throw new OAuthRefused(OAuth2Error.INVALID_CLIENT, "client/not-active", ADVICE);
      }
    }
  }

  /**
   * Says which client sent a form, once it has proved that.
   *
   * @throws OAuthRefused {@code invalid_client}, always the same
   */
  public Authenticated authenticate(Transaction transaction, OAuthForm form)
      throws OAuthRefused, SQLException {
    if (form.request().getAuthorization() != null || !form.first("client_secret").isEmpty()) {
      throw refused(); // no method of ours
    }
    if (form.byAssertion()) {
      PrivateKeyJWT assertion = assertion(form);
      Optional<Client> client = clients.find(transaction, assertion.getClientID().getValue());
      return verified(assertion, client.filter(c -> method(c, ClientIdentity.PRIVATE_KEY_JWT)));
    }
    X509Certificate certificate = form.certificate().orElseThrow(ClientAuthenticator::refused);
    String claimed = form.first("client_id");
    Client client = clients.find(transaction, claimed).orElseThrow(ClientAuthenticator::refused);
    if (!CertificateAuthentication.fits(client, certificate, clock.instant())) {
      throw refused();
    }
    return new Authenticated(client, Optional.empty(), clock.instant());
  }

  /**
   * Refuses a form that tries none of the methods, or one that is malformed, before anything else
   * about it is read.
   *
   * @throws OAuthRefused {@code invalid_client}
   */
  public static void requireMethod(OAuthForm form) throws OAuthRefused {
    if (form.request().getAuthorization() != null || !form.first("client_secret").isEmpty()) {
      throw refused(); // no method of ours
    }
    if (form.byAssertion()) {
      assertion(form);
    } else if (form.certificate().isEmpty() || form.first("client_id").isEmpty()) {
      throw refused();
    }
  }

  private static boolean method(Client client, String method) {
    return client.identity().method().equals(method);
  }

  private static PrivateKeyJWT assertion(OAuthForm form) throws OAuthRefused {
    return form.assertion()
        .filter(found -> found.getClientAssertion().getParsedString().length() <= LONGEST_ASSERTION)
        .orElseThrow(ClientAuthenticator::refused);
  }

  private Authenticated verified(PrivateKeyJWT assertion, Optional<Client> client)
      throws OAuthRefused {
    SignedJWT jwt = assertion.getClientAssertion();
    JWTAuthenticationClaimsSet claims = assertion.getJWTAuthenticationClaimsSet();
    Instant now = clock.instant();
    Instant expiry = claims.getExpirationTime().toInstant();
    if (!signed(jwt, client)
        || client.isEmpty()
        || !claims.getIssuer().getValue().equals(claims.getSubject().getValue())
        || !addressed(jwt)
        || claims.getJWTID() == null
        || claims.getJWTID().getValue().length() > LONGEST_IDENTIFIER
        || !now.isBefore(expiry)
        || expiry.isAfter(now.plus(LONGEST_LIFE))
        || ahead(claims.getIssueTime(), now)
        || ahead(claims.getNotBeforeTime(), now)) {
      throw refused();
    }
    return new Authenticated(
        client.get(),
        Optional.of(new SingleUse("assertion", client.get().id(), claims.getJWTID().getValue())),
        expiry.plus(SKEW));
  }

  /** For a client that does not exist, a key that fits nothing: the same work. */
  private boolean signed(SignedJWT jwt, Optional<Client> client) {
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    if (!JwsKeys.ALGORITHMS.contains(algorithm)) {
      return false;
    }
    JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(jwt.getHeader()));
    List<JWK> fitting = client.map(known -> keys.select(known, selector)).orElse(List.of());
    try {
      for (JWK key : fitting.isEmpty() ? List.of(decoy) : fitting) {
        if (JwsKeys.fits(algorithm, key) && jwt.verify(JwsKeys.verifier(key))) {
          return !fitting.isEmpty();
        }
      }
    } catch (JOSEException | RuntimeException unfit) {
      // no key that verifies
    }
    return false;
  }

  /** FAPI 2.0 section 5.3.2.1: the audience is the issuer, as one string and not as a list. */
  private boolean addressed(SignedJWT jwt) {
    return issuer.equals(jwt.getPayload().toJSONObject().get("aud"));
  }

  private static boolean ahead(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now.plus(SKEW));
  }

  /** The one refusal of client authentication. */
  public static OAuthRefused refused() {
    return new OAuthRefused(OAuth2Error.INVALID_CLIENT, "client/authentication", ADVICE);
  }
}
