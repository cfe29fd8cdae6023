package org.mekong.identity.token.signing;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.issued.IssuedTokens;
import org.mekong.identity.key.SigningKeys;
import org.mekong.identity.oauth.Binding;
import org.mekong.identity.token.grant.Grant;
import org.mekong.identity.token.grant.OnBehalf;

/**
 * Signs access tokens in the profile of RFC 9068, bound to the client's DPoP key (RFC 9449) or
 * certificate (RFC 8705). A token on behalf of a person names the grant by which it is revoked.
 */
@Singleton
public class AccessTokenSigner {
  /** How long a token is good. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private final IssuerAddress issuer;
  private final NodeConfig node;
  private final Clock clock;
  private final SigningKeys keys;

  AccessTokenSigner(IssuerAddress issuer, NodeConfig node, SigningKeys keys, Clock clock) {
    this.issuer = issuer;
    this.node = node;
    this.keys = keys;
    this.clock = clock;
  }

  /** The token of a grant, bound. */
  public String sign(Grant grant, Binding binding) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.issuer().toString())
            .subject(grant.person().map(OnBehalf::subject).orElse(grant.client().id()))
            .audience(audience(grant))
            .claim("client_id", grant.client().id())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(RequestId.next(clock))
            .claim("scope", String.join(" ", grant.scopes()))
            .claim("cnf", binding.confirmation())
            .claim("country", node.nation());
    grant
        .client()
        .agency()
        .ifPresent(
            agency ->
                claims.claim("agency", agency.id()).claim("agency_class", agency.agencyClass()));
    Map<String, Integer> quotas = grant.client().quotas().claim();
    if (!quotas.isEmpty()) {
      claims.claim("quotas", quotas);
    }
    if (!grant.details().isEmpty()) {
      claims.claim(
          "authorization_details",
          grant.details().stream().map(AuthorizationDetail::toJSONObject).toList());
    }
    grant.person().ifPresent(person -> describe(claims, person));
    return keys.current().sign(TYPE, claims.build()).serialize();
  }

  private static void describe(JWTClaimsSet.Builder claims, OnBehalf person) {
    person.claims().forEach(claims::claim);
    claims
        .claim(IssuedTokens.GRANT_ID, person.grantId().toString())
        .claim("acr", person.acr())
        .claim("amr", person.amr())
        .claim("auth_time", person.authTime().getEpochSecond());
    person.actor().ifPresent(actor -> claims.claim("act", actor));
  }

  /** A token about a person is good at the userinfo endpoint too. */
  private List<String> audience(Grant grant) {
    return grant.person().isPresent() && grant.scopes().contains("openid")
        ? List.of(grant.resource(), issuer.at("/userinfo").toString())
        : List.of(grant.resource());
  }
}
