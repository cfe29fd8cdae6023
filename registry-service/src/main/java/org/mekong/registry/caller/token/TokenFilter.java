package org.mekong.registry.caller.token;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.AccessPrincipal;
import org.mekong.registry.caller.OwedProof;
import org.mekong.registry.caller.SpendsProof;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.singleuse.FreshProof;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * The one filter before every resource: a token comes in the one right way, and with a proof that
 * its holder makes for this very request and that is spent by it, or over a connection of the
 * certificate that it is bound to.
 */
@Singleton
public final class TokenFilter {

  private final TokenGuard guard;
  private final CurrentIdentityAssociation identities;
  private final OwedProof owed;

  TokenFilter(TokenGuard guard, CurrentIdentityAssociation identities, OwedProof owed) {
    this.guard = guard;
    this.identities = identities;
    this.owed = owed;
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
    Method operation =
        resource.getResourceClass().getMethod(resource.getMethodName(), resource.parameterTypes());
    if (operation.isAnnotationPresent(PermitAll.class)
        || !(identities.getIdentity().getPrincipal()
            instanceof AccessPrincipal(VerifiedAccess access))) {
      return null;
    }
    try {
      Optional<FreshProof> proof = guard.requireSender(context, access);
      if (proof.isPresent()) {
        if (operation.isAnnotationPresent(SpendsProof.class)) {
          owed.owe(proof.get());
        } else {
          guard.spend(proof.get());
        }
      }
      return null;
    } catch (AccessRefused refused) {
      throw Problem.refusedAccess(refused.rule());
    }
  }

  /** Before an answer leaves: an operation that ended early has not spent its proof. */
  @ServerResponseFilter
  public void spendOwed(ContainerResponseContext response, RoutingContext context) {
    Optional<FreshProof> proof = owed.take();
    if (proof.isPresent()) {
      try {
        guard.spend(proof.get());
      } catch (AccessRefused refused) {
        replace(response, context, Problem.refusedAccess(refused.rule()));
      } catch (HttpProblem unavailable) {
        replace(response, context, unavailable);
      }
    }
  }

  /** Where answers leave nothing can be thrown any more. */
  private static void replace(
      ContainerResponseContext response, RoutingContext context, HttpProblem problem) {
    ProblemContext where = ProblemContext.of(problem, context.normalizedPath());
    Response refusal =
        ExceptionMapperBase.postProcessorsRegistry.applyPostProcessing(problem, where).toResponse();
    response.getHeaders().clear();
    response.getHeaders().putAll(refusal.getHeaders());
    response.setStatusInfo(refusal.getStatusInfo());
    response.setEntity(refusal.getEntity());
  }
}
