package org.mekong.gateway.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.json.StrictJson;
import org.mekong.resourceserver.AccessRefused;
import org.mekong.resourceserver.AccessRule;
import org.mekong.resourceserver.BoundToken;
import org.mekong.resourceserver.DpopProofVerifier;
import org.mekong.resourceserver.ProtectedRequest;

/**
 * Lets a call through that carries, beside the token which Quarkus OIDC has verified, a fresh proof
 * by the key that the token is bound to (RFC 9449), the scope, and the claims that name the agency.
 * Quarkus checks a proof too, but accepts one that was used before, that is old, or that has no
 * identifier; hence this filter.
 */
@Provider
@LookupScope
@Priority(Priorities.AUTHORIZATION)
public class ProofFilter implements ContainerRequestFilter {

  private static final int MAX_GRANTS = 64;

  private final DpopProofVerifier proofs;
  private final JsonWebToken token;
  private final CallingAgency caller;
  private final URI base;

  @Context @Nullable HttpServerRequest http;

  @Inject
  public ProofFilter(
      DpopProofVerifier proofs,
      JsonWebToken token,
      CallingAgency caller,
      @ConfigProperty(name = "gateway.base-url") URI base) {
    this.proofs = proofs;
    this.token = token;
    this.caller = caller;
    this.base = base;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    HttpServerRequest request = Objects.requireNonNull(http);
    try {
      var protectedRequest =
          new ProtectedRequest(
              request.method().name(),
              base.resolve(request.uri()),
              request.headers().getAll("Authorization"),
              request.headers().getAll("DPoP"));
      String value = protectedRequest.token();
      proofs.verify(protectedRequest, new BoundToken(value, thumbprint(), clientId()));
      if (!Set.of(text("scope").split(" ")).contains(LookupScope.NAME)) {
        throw new AccessRefused(AccessRule.SCOPE_INSUFFICIENT);
      }
    } catch (AccessRefused e) {
      throw problem(e.rule());
    } catch (IllegalStateException e) {
      throw Problem.unavailable("The proof could not be checked.");
    }
    caller.set(agency());
  }

  private Agency agency() {
    String id = text("agency");
    String agencyClass = text("agency_class");
    if (id.isEmpty() || agencyClass.isEmpty()) {
      throw Problem.refused(
              "token/agency",
              "The token names no agency.",
              "Have the identity-service register this client for an agency.")
          .build();
    }
    return new Agency(clientId(), id, agencyClass, grants());
  }

  private List<Grant> grants() {
    var grants = new ArrayList<Grant>();
    Object claim = token.getClaim("authorization_details");
    if (claim instanceof Iterable<?> details) {
      for (Object detail : details) {
        if (grants.size() < MAX_GRANTS) {
          Grant.of(members(detail)).ifPresent(grants::add);
        }
      }
    }
    return grants;
  }

  @SuppressWarnings("unchecked") // a JSON object read as a map has string keys
  private static Map<String, Object> members(Object detail) {
    try {
      return detail instanceof JsonObject object
          ? StrictJson.mapper().readValue(object.toString(), Map.class)
          : detail instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return Map.of();
    }
  }

  private String thumbprint() {
    Object confirmation = token.getClaim("cnf");
    if (confirmation instanceof JsonObject object) {
      return object.getString("jkt", "");
    }
    return confirmation instanceof Map<?, ?> map && map.get("jkt") instanceof String text
        ? text
        : "";
  }

  private String clientId() {
    return text("client_id");
  }

  private String text(String claim) {
    Object value = token.getClaim(claim);
    return value instanceof String text ? text : "";
  }

  private static HttpProblem problem(AccessRule rule) {
    return Problem.of(
            rule.status() == 403 ? "refused" : "unauthenticated",
            rule.status(),
            rule.status() == 403 ? "Refused by a rule" : "Not authenticated",
            "The request was refused: " + rule.advice() + ".",
            rule.advice())
        .with("rule", "access/" + rule.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
        .withHeader("WWW-Authenticate", rule.challenge())
        .build();
  }
}
