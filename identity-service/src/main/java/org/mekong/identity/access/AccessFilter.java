package org.mekong.identity.access;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.mekong.resourceserver.key.KeysUnavailable;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;

/**
 * Lets a request reach its endpoint when the endpoint is declared public, or when the caller may
 * call it. Everything else is refused: forbidden is the default.
 */
@Singleton
class AccessFilter {
  private final Authoriser authoriser;
  private final Caller caller;

  AccessFilter(Authoriser authoriser, Caller caller) {
    this.authoriser = authoriser;
    this.caller = caller;
  }

  @ServerRequestFilter
  void check(ContainerRequestContext context, ResourceInfo resource, HttpServerRequest request) {
    RequiresScope required = declared(resource);
    if (required == null) {
      throw Problem.FORBIDDEN.because("Nobody may call this endpoint.");
    }
    Set<String> enough = Set.of(required.value());
    if (enough.contains(RequiresScope.ANYBODY)) {
      return;
    }
    try {
      caller.set(
          authoriser.authorise(
              context.getMethod(),
              request.uri(),
              headers(context, "Authorization"),
              headers(context, "DPoP"),
              enough));
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
