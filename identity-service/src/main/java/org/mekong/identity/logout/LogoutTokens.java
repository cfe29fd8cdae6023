package org.mekong.identity.logout;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.SessionID;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.client.Client;
import org.mekong.identity.key.SigningKeys;

/**
 * Signs logout tokens (Back-Channel Logout section 2.4) by the algorithm of a client's ID tokens.
 */
@Singleton
class LogoutTokens {
  private static final JOSEObjectType TYPE = new JOSEObjectType("logout+jwt");
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private final IssuerAddress issuer;
  private final SigningKeys keys;
  private final Clock clock;

  LogoutTokens(IssuerAddress issuer, SigningKeys keys, Clock clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = clock;
  }

  SignedJWT sign(Client client, LogoutNotices.Notice notice) {
    Instant now = clock.instant();
    LogoutTokenClaimsSet claims =
        new LogoutTokenClaimsSet(
            new Issuer(issuer.issuer()),
            new Subject(notice.subject()),
            new Audience(client.id()).toSingleAudienceList(),
            Date.from(now),
            Date.from(now.plus(LIFETIME)),
            new JWTID(notice.id().toString()),
            new SessionID(notice.session()));
    try {
      return keys.signing(JWSAlgorithm.parse(client.signIn().idTokenAlgorithm()))
          .sign(TYPE, claims.toJWTClaimsSet());
    } catch (ParseException impossible) {
      throw new IllegalStateException("claims of our own", impossible);
    }
  }
}
