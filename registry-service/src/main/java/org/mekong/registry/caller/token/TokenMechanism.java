package org.mekong.registry.caller.token;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.mekong.resourceserver.AccessRule;

/**
 * Finds the access token of a request, in the one form that {@link TokenFilter} lets through. Who
 * sends none may still be known by a certificate.
 */
@ApplicationScoped
class TokenMechanism implements HttpAuthenticationMechanism {

  private static final String SCHEME = "DPoP ";

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String sent = context.request().getHeader("Authorization");
    return sent != null && sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? identities.authenticate(new AccessTokenRequest(sent.substring(SCHEME.length()).strip()))
        : Uni.createFrom().nullItem();
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
