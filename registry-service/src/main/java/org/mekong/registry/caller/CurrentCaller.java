package org.mekong.registry.caller;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.token.VerifiedAccess;

/** The caller of this request, from what they proved. */
@RequestScoped
public class CurrentCaller {

  private static final Pattern PSEUDONYM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final SecurityIdentity identity;
  private @Nullable Caller found;

  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The person whom the token stands for, by its claim {@code person}, if it may be one. */
  public Optional<UUID> person() {
    if (identity.hasRole(Roles.PERSON_SELF)
        && identity.getPrincipal() instanceof AccessPrincipal(VerifiedAccess access)) {
      return access
          .text("person")
          .filter(text -> UUID_TEXT.matcher(text).matches())
          .map(UUID::fromString);
    }
    return Optional.empty();
  }

  /** Whether the token stands for nobody but a person. */
  public boolean isPersonAlone() {
    return identity.hasRole(Roles.PERSON_SELF) && !identity.hasRole(Roles.PERSON_READ);
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
