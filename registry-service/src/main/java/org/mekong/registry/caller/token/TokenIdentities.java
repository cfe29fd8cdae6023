package org.mekong.registry.caller.token;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.mekong.registry.caller.AccessPrincipal;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.key.KeysUnavailable;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.token.AccessTokenVerifier;
import org.mekong.resourceserver.token.VerifiedAccess;

/** Judges tokens; one that was judged before costs a look into memory. */
@ApplicationScoped
class TokenIdentities implements IdentityProvider<AccessTokenRequest> {

  private final AccessTokenVerifier verifier;

  TokenIdentities(AccessTokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Class<AccessTokenRequest> getRequestType() {
    return AccessTokenRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      AccessTokenRequest request, AuthenticationRequestContext context) {
    return verifier
        .remembered(request.token())
        .map(access -> Uni.createFrom().item(identity(access)))
        .orElseGet(() -> context.runBlocking(() -> identity(verify(request.token()))));
  }

  private VerifiedAccess verify(String token) {
    try {
      return verifier.verify(token);
    } catch (AccessRefused refused) {
      throw new AuthenticationFailedException(refused);
    } catch (KeysUnavailable unavailable) {
      throw Problem.ISSUER_UNAVAILABLE.because(
          "The keys of the nation's issuer cannot be had now.");
    }
  }

  private static SecurityIdentity identity(VerifiedAccess access) {
    QuarkusSecurityIdentity.Builder builder =
        QuarkusSecurityIdentity.builder().setPrincipal(new AccessPrincipal(access));
    access.scopes().forEach(scope -> builder.addRole(Roles.SCOPE_PREFIX + scope));
    return builder.build();
  }
}
