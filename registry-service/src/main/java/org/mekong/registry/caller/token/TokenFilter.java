package org.mekong.registry.caller.token;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.AccessPrincipal;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.AccessRefused;
import org.mekong.resourceserver.VerifiedAccess;

/**
 * The one filter before every resource: a token comes in the one right way, and with a proof that
 * its holder makes for this very request and that is spent by it.
 */
@Singleton
public final class TokenFilter {

  private final TokenGuard guard;
  private final CurrentIdentityAssociation identities;

  TokenFilter(TokenGuard guard, CurrentIdentityAssociation identities) {
    this.guard = guard;
    this.identities = identities;
  }

  /** Before a resource is chosen: whoever sends credentials sends them in the one right way. */
  @ServerRequestFilter(preMatching = true)
  public @Nullable Response refuseOtherSchemes(
      ContainerRequestContext request, RoutingContext context) {
    boolean silent =
        !context.request().headers().contains("Authorization")
            && !context.request().headers().contains("DPoP")
            && !context.request().uri().contains("access_token");
    if (silent) {
      return null;
    }
    try {
      guard.requireScheme(context);
      return null;
    } catch (AccessRefused refused) {
      throw Problem.refusedAccess(refused.rule());
    }
  }

  /** Before the resource runs, and after it was found to be allowed to the token. */
  @ServerRequestFilter
  public @Nullable Response verifyProof(RoutingContext context, SimpleResourceInfo resource)
      throws NoSuchMethodException {
    boolean open =
        resource
            .getResourceClass()
            .getMethod(resource.getMethodName(), resource.parameterTypes())
            .isAnnotationPresent(PermitAll.class);
    if (open
        || !(identities.getIdentity().getPrincipal()
            instanceof AccessPrincipal(VerifiedAccess access))) {
      return null;
    }
    try {
      guard.requireProof(context, access);
      return null;
    } catch (AccessRefused refused) {
      throw Problem.refusedAccess(refused.rule());
    }
  }
}
