package org.mekong.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.key.SigningKeys;

/** Signs access tokens in the profile of RFC 9068, bound to the client's DPoP key (RFC 9449). */
@Singleton
class AccessTokenSigner {
  /** How long a token is good. */
  static final Duration LIFETIME = Duration.ofMinutes(5);

  private final IssuerAddress issuer;
  private final NodeConfig node;
  private final Clock clock;
  private final JWSHeader header;
  private final JWSSigner signer;

  AccessTokenSigner(IssuerAddress issuer, NodeConfig node, SigningKeys keys, Clock clock) {
    this.issuer = issuer;
    this.node = node;
    this.clock = clock;
    ECKey key = keys.current();
    this.header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build();
    try {
      this.signer = new ECDSASigner(key);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the signing key does not sign", impossible);
    }
  }

  String sign(Grant grant, String thumbprint) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.issuer().toString())
            .subject(grant.client().id())
            .audience(grant.resource())
            .claim("client_id", grant.client().id())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(RequestId.next(clock))
            .claim("scope", String.join(" ", grant.scopes()))
            .claim("cnf", Map.of("jkt", thumbprint))
            .claim("country", node.nation());
    grant
        .client()
        .agency()
        .ifPresent(
            agency ->
                claims.claim("agency", agency.id()).claim("agency_class", agency.agencyClass()));
    if (!grant.details().isEmpty()) {
      claims.claim(
          "authorization_details",
          grant.details().stream().map(AuthorizationDetail::toJSONObject).toList());
    }
    try {
      SignedJWT token = new SignedJWT(header, claims.build());
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("a token cannot be signed", impossible);
    }
  }
}
