package org.mekong.registry.caller;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.VerifiedAccess;

/** The caller of this request, from what they proved. */
@RequestScoped
public class CurrentCaller {

  private static final Pattern PSEUDONYM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}");

  private final SecurityIdentity identity;
  private @Nullable Caller found;

  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The caller; only where an operation is allowed to somebody. */
  public Caller get() {
    Caller known = found;
    if (known == null) {
      known = find();
      found = known;
    }
    return known;
  }

  private Caller find() {
    if (identity.hasRole(Roles.GATEWAY)) {
      return new Caller.Gateway();
    }
    if (identity.getPrincipal() instanceof AccessPrincipal(VerifiedAccess access)) {
      String officer =
          access.text("officer").filter(text -> PSEUDONYM.matcher(text).matches()).orElse(null);
      boolean forOfficer = officer != null || identity.hasRole(Roles.DUPLICATE_REVIEW);
      return new Caller.Agency(
          access.clientId(),
          access.text("agency").orElse(access.clientId()),
          access.text("agency_class").orElse(null),
          officer,
          (forOfficer ? CallerRole.OFFICER : CallerRole.AGENCY).all(),
          access.authorizationDetails().stream().map(Grant::of).flatMap(Optional::stream).toList());
    }
    throw Problem.FORBIDDEN.because("The caller is neither an agency nor the gateway.");
  }
}
