package org.mekong.registry.caller;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.VerifiedAccess;

/** The caller of this request, from what they proved. */
@RequestScoped
public class CurrentCaller {

  private final SecurityIdentity identity;

  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The caller; only where an operation is allowed to somebody. */
  public Caller get() {
    if (identity.hasRole(Roles.GATEWAY)) {
      return new Caller.Gateway();
    }
    if (identity.getPrincipal() instanceof AccessPrincipal(VerifiedAccess access)) {
      return new Caller.Agency(
          access.clientId(),
          access.text("agency").orElse(access.clientId()),
          access.authorizationDetails().stream().map(Grant::of).flatMap(Optional::stream).toList());
    }
    throw Problem.FORBIDDEN.because("The caller is neither an agency nor the gateway.");
  }
}
