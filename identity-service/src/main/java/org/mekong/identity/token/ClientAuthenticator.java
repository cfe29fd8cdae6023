package org.mekong.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientAuthenticationVerifier;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientCredentialsSelector;
import com.nimbusds.oauth2.sdk.auth.verifier.Context;
import com.nimbusds.oauth2.sdk.auth.verifier.InvalidClientException;
import com.nimbusds.oauth2.sdk.auth.verifier.JWTAudienceCheck;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.client.Client;
import org.mekong.identity.key.SigningKeys;
import org.mekong.resourceserver.SingleUse;

/**
 * Authenticates clients by private_key_jwt (RFC 7523) as FAPI 2.0 wants it: the audience is the
 * issuer as one string, the algorithm ES256 or PS256, the assertion short-lived and of single use.
 * Whatever is wrong, an unknown client included, the answer and the work done are the same.
 */
@Singleton
class ClientAuthenticator {
  static final String ADVICE =
      "Authenticate by private_key_jwt. The client is not known or its assertion is not good: iss and sub the client_id, aud the"
          + " issuer as one string, a new jti, exp within 10 minutes, signed by a registered key"
          + " with ES256 or PS256.";

  /** How far ahead an assertion's expiry may lie, and so how long its identifier is remembered. */
  static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

  private static final Duration SKEW = Duration.ofSeconds(10);
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256);
  private static final int LONGEST_ASSERTION = 8192;
  private static final int LONGEST_IDENTIFIER = 256;

  private final ClientAuthenticationVerifier<Candidate> verifier;
  private final Clock clock;

  /** Whom an assertion may come from: a registered client, or nobody. */
  private record Candidate(Optional<Client> client) {}

  /**
   * What a good assertion says.
   *
   * @param use its identifier, still to be spent
   * @param until when the identifier may be forgotten
   */
  record Authenticated(SingleUse use, Instant until) {}

  ClientAuthenticator(IssuerAddress issuer, SigningKeys decoy, Clock clock) {
    this.clock = clock;
    this.verifier =
        new ClientAuthenticationVerifier<>(
            new RegisteredKeys(decoy.current().toPublicJWK()),
            Set.of(new Audience(issuer.issuer())),
            JWTAudienceCheck.STRICT);
  }

  /** The client id that the request claims. */
  static String claimedId(@Nullable ClientAuthentication authentication) throws TokenRefused {
    if (authentication instanceof PrivateKeyJWT assertion
        && assertion.getClientAssertion().getParsedString().length() <= LONGEST_ASSERTION) {
      return assertion.getClientID().getValue();
    }
    throw refused();
  }

  /** Verifies the assertion against the keys of the client that it claims to come from. */
  Authenticated authenticate(ClientAuthentication authentication, Optional<Client> client)
      throws TokenRefused {
    if (!(authentication instanceof PrivateKeyJWT assertion)
        || !ALGORITHMS.contains(assertion.getClientAssertion().getHeader().getAlgorithm())) {
      throw refused();
    }
    JWTAuthenticationClaimsSet claims = assertion.getJWTAuthenticationClaimsSet();
    Context<Candidate> context = new Context<>();
    context.set(new Candidate(client));
    try {
      verifier.verify(assertion, Set.of(), context);
    } catch (InvalidClientException | JOSEException | RuntimeException notGood) {
      throw refused();
    }
    Instant now = clock.instant();
    Instant expiry = claims.getExpirationTime().toInstant();
    if (client.isEmpty()
        || claims.getJWTID() == null
        || claims.getJWTID().getValue().length() > LONGEST_IDENTIFIER
        || !now.isBefore(expiry)
        || expiry.isAfter(now.plus(LONGEST_LIFE))
        || ahead(claims.getIssueTime(), now)
        || ahead(claims.getNotBeforeTime(), now)) {
      throw refused();
    }
    return new Authenticated(
        new SingleUse("assertion", client.get().id(), claims.getJWTID().getValue()),
        expiry.plus(SKEW));
  }

  private static boolean ahead(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now.plus(SKEW));
  }

  /** The one refusal of client authentication. */
  static TokenRefused refused() {
    return new TokenRefused(OAuth2Error.INVALID_CLIENT, "client/authentication", ADVICE);
  }

  /** Finds the keys to verify by; for a client that does not exist, a key that fits nothing. */
  private record RegisteredKeys(JWK decoy) implements ClientCredentialsSelector<Candidate> {
    @Override
    public List<Secret> selectClientSecrets(
        ClientID id, ClientAuthenticationMethod method, Context<Candidate> context)
        throws InvalidClientException {
      throw InvalidClientException.NOT_REGISTERED_FOR_AUTH_METHOD;
    }

    @Override
    public List<? extends PublicKey> selectPublicKeys(
        ClientID id,
        ClientAuthenticationMethod method,
        JWSHeader header,
        boolean forceRefresh,
        Context<Candidate> context)
        throws InvalidClientException {
      JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
      List<JWK> keys =
          context.get().client().map(client -> selector.select(client.keys())).orElse(List.of());
      List<PublicKey> found = new ArrayList<>();
      try {
        for (JWK key : keys.isEmpty() ? List.of(decoy) : keys) {
          found.add(((AsymmetricJWK) key).toPublicKey());
        }
      } catch (JOSEException unfit) {
        throw InvalidClientException.NO_MATCHING_JWK;
      }
      return found;
    }
  }
}
