package org.mekong.registry.caller.token;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.mekong.resourceserver.request.AccessRule;

/**
 * Finds the access token of a request, in the two forms of which {@link TokenFilter} lets the right
 * one through. Who sends none may still be known by a certificate.
 */
@ApplicationScoped
class TokenMechanism implements HttpAuthenticationMechanism {

  private static final List<String> SCHEMES = List.of("DPoP ", "Bearer ");

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String sent = context.request().getHeader("Authorization");
    for (String scheme : SCHEMES) {
      if (sent != null && sent.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return identities.authenticate(
            new AccessTokenRequest(sent.substring(scheme.length()).strip()));
      }
    }
    return Uni.createFrom().nullItem();
  }

  /** Before certificates: who sends a token is known by it, whatever certificate comes with it. */
  @Override
  public int getPriority() {
    return DEFAULT_PRIORITY + 1;
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    AccessRule missing = AccessRule.TOKEN_MISSING;
    return Uni.createFrom()
        .item(new ChallengeData(missing.status(), "WWW-Authenticate", missing.challenge()));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(AccessTokenRequest.class);
  }
}
