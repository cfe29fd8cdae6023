package org.mekong.gateway.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.officer.OnBehalf;
import org.mekong.gateway.http.Clients;
import org.mekong.gateway.http.Problem;
import org.mekong.resourceserver.key.KeysUnavailable;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.request.ProtectedRequest;
import org.mekong.resourceserver.sender.SenderVerifier;
import org.mekong.resourceserver.token.AccessTokenVerifier;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * Lets a call through that carries a token of this nation's issuer for this gateway (RFC 9068), a
 * fresh proof by the key that it is bound to (RFC 9449) or the certificate that it is bound to (RFC
 * 8705), the scope, and the claims that name the agency.
 */
@ApplicationScoped
class AccessGate {

  private static final int MAX_GRANTS = 64;

  private final AccessTokenVerifier tokens;
  private final SenderVerifier sender;
  private final URI base;

  @Inject
  AccessGate(
      AccessTokenVerifier tokens,
      SenderVerifier sender,
      @ConfigProperty(name = "gateway.base-url") URI base) {
    this.tokens = tokens;
    this.sender = sender;
    this.base = base;
  }

  /** The agency that calls; a problem for everybody else. */
  Agency admit(HttpServerRequest request) {
    return agency(admit(request, LookupScope.NAME));
  }

  /** The operator's access; a problem for everybody else. */
  VerifiedAccess admitAdministrator(HttpServerRequest request) {
    return admit(request, AdministratorScope.NAME);
  }

  private VerifiedAccess admit(HttpServerRequest request, String scope) {
    try {
      var protectedRequest =
          new ProtectedRequest(
              request.method().name(),
              base.resolve(request.uri()),
              request.headers().getAll("Authorization"),
              request.headers().getAll("DPoP"),
              Clients.certificate(request));
      VerifiedAccess access = tokens.verify(protectedRequest.token());
      sender.verify(protectedRequest, access);
      if (!access.scopes().contains(scope)) {
        throw new AccessRefused(AccessRule.SCOPE_INSUFFICIENT);
      }
      return access;
    } catch (AccessRefused e) {
      throw problem(e.rule());
    } catch (KeysUnavailable | IllegalStateException e) {
      throw Problem.unavailable("The token or its proof cannot be checked now.");
    }
  }

  private static Agency agency(VerifiedAccess access) {
    Optional<String> id = access.text("agency");
    Optional<String> agencyClass = access.text("agency_class");
    if (id.isEmpty() || agencyClass.isEmpty()) {
      throw Problem.refused(
              "token/agency",
              "The token names no agency.",
              "Have the identity-service register this client for an agency.")
          .build();
    }
    List<Grant> grants =
        access.authorizationDetails().stream()
            .limit(MAX_GRANTS)
            .map(Grant::of)
            .flatMap(Optional::stream)
            .toList();
    ClientQuota quota = ClientQuota.of(access.claims().get(ClientQuota.CLAIM));
    return new Agency(
        access.clientId(), id.get(), agencyClass.get(), grants, quota, officer(access));
  }

  private static @Nullable String officer(VerifiedAccess access) {
    return switch (OnBehalf.of(access)) {
      case OnBehalf.Nobody ignored -> null;
      case OnBehalf.Officer(String pseudonym) -> pseudonym;
      case OnBehalf.SomebodyElse ignored ->
          throw Problem.refused(
                  "token/no-officer",
                  "The token is on behalf of somebody who is no officer.",
                  "Ask in the system's own name, or on behalf of an officer of the agency.")
              .build();
    };
  }

  private static HttpProblem problem(AccessRule rule) {
    boolean forbidden = rule.status() == 403;
    return Problem.of(
            forbidden ? "refused" : "unauthenticated",
            rule.status(),
            forbidden ? "Refused by a rule" : "Not authenticated",
            "The request was refused: " + rule.advice() + ".",
            rule.advice())
        .with("rule", "access/" + rule.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .withHeader("WWW-Authenticate", rule.challenge())
        .build();
  }
}
