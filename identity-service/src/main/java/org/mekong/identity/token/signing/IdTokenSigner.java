package org.mekong.identity.token.signing;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.claims.AMR;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.SessionID;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.client.Client;
import org.mekong.identity.key.SigningKeys;
import org.mekong.identity.token.grant.OnBehalf;

/** Signs ID tokens (OpenID Connect Core section 2) by the algorithm that the client asked for. */
@Singleton
public class IdTokenSigner {
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private final IssuerAddress issuer;
  private final SigningKeys keys;
  private final Clock clock;

  IdTokenSigner(IssuerAddress issuer, SigningKeys keys, Clock clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The ID token about a person.
   *
   * @param session pairwise {@code sid}
   * @param nonce of the authorization request; none where a token is refreshed (section 12.2)
   */
  public String sign(Client client, OnBehalf person, String session, Optional<String> nonce) {
    Instant now = clock.instant();
    IDTokenClaimsSet claims =
        new IDTokenClaimsSet(
            new Issuer(issuer.issuer()),
            new Subject(person.subject()),
            new Audience(client.id()).toSingleAudienceList(),
            Date.from(now.plus(LIFETIME)),
            Date.from(now));
    claims.setAuthenticationTime(Date.from(person.authTime()));
    claims.setACR(new ACR(person.acr()));
    claims.setAMR(person.amr().stream().map(AMR::new).toList());
    claims.setSessionID(new SessionID(session));
    nonce.map(Nonce::new).ifPresent(claims::setNonce);
    try {
      return keys.signing(JWSAlgorithm.parse(client.signIn().idTokenAlgorithm()))
          .sign(JOSEObjectType.JWT, claims.toJWTClaimsSet())
          .serialize();
    } catch (ParseException impossible) {
      throw new IllegalStateException("claims of our own", impossible);
    }
  }
}
