package org.mekong.identity.access;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.agroal.api.AgroalDataSource;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.IssuerConfig;
import org.mekong.resourceserver.AccessRefused;
import org.mekong.resourceserver.AccessRule;
import org.mekong.resourceserver.AccessTokenVerifier;
import org.mekong.resourceserver.DpopProofVerifier;
import org.mekong.resourceserver.KeysUnavailable;
import org.mekong.resourceserver.PostgresSingleUseStore;
import org.mekong.resourceserver.ProtectedRequest;
import org.mekong.resourceserver.VerifiedAccess;

/**
 * Lets a request reach its endpoint when the endpoint is declared public or the caller holds a token
 * of ours, for us, with the scope the endpoint requires, and proves the token's key. Everything else
 * is refused: forbidden is the default.
 */
@Singleton
class AccessFilter {
  private final IssuerConfig issuer;
  private final AccessTokenVerifier tokens;
  private final DpopProofVerifier proofs;
  private final Caller caller;

  AccessFilter(
      IssuerConfig issuer,
      JWKSource<SecurityContext> keys,
      AgroalDataSource database,
      Clock clock,
      Caller caller) {
    this.issuer = issuer;
    this.caller = caller;
    String ourselves = issuer.issuer().toString();
    this.tokens = new AccessTokenVerifier(ourselves, ourselves, keys, clock);
    this.proofs = new DpopProofVerifier(new PostgresSingleUseStore(database), clock);
  }

  @ServerRequestFilter
  void check(ContainerRequestContext context, ResourceInfo resource, HttpServerRequest request) {
    RequiresScope required = declared(resource);
    if (required == null) {
      throw Problem.FORBIDDEN.because("Nobody may call this endpoint.");
    }
    if (!required.value().equals(RequiresScope.ANYBODY)) {
      caller.set(authorised(context, request, required.value()));
    }
  }

  private VerifiedAccess authorised(
      ContainerRequestContext context, HttpServerRequest request, String scope) {
    try {
      ProtectedRequest asked =
          new ProtectedRequest(
              context.getMethod(),
              URI.create(issuer.issuer() + request.uri()),
              headers(context, "Authorization"),
              headers(context, "DPoP"));
      VerifiedAccess access = tokens.verify(asked.token());
      proofs.verify(asked, access.bound());
      if (!access.scopes().contains(scope)) {
        throw new AccessRefused(AccessRule.SCOPE_INSUFFICIENT);
      }
      return access;
    } catch (AccessRefused refused) {
      AccessRule rule = refused.rule();
      throw Problem.of(rule.status())
          .builder(rule.advice())
          .withHeader("WWW-Authenticate", rule.challenge())
          .build();
    } catch (KeysUnavailable unavailable) {
      throw Problem.UNAVAILABLE.because("Tokens cannot be verified now.");
    }
  }

  private static List<String> headers(ContainerRequestContext context, String name) {
    return Objects.requireNonNullElse(context.getHeaders().get(name), List.of());
  }

  private static @Nullable RequiresScope declared(ResourceInfo resource) {
    RequiresScope onMethod = resource.getResourceMethod().getAnnotation(RequiresScope.class);
    return onMethod != null
        ? onMethod
        : resource.getResourceClass().getAnnotation(RequiresScope.class);
  }
}
