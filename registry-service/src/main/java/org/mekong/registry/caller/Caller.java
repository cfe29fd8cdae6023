package org.mekong.registry.caller;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whoever makes the request. */
public sealed interface Caller {

  /** What the caller is called in this service's own rows. */
  String id();

  /** What the permissions of the register call it. */
  Set<CallerRole> roles();

  /**
   * A system of one of the nation's agencies, known by its token.
   *
   * @param agencyClass as in {@code civil-registry}; unknown when the token does not tell
   * @param officer pseudonym of the officer on whose behalf it asks, if it tells one
   * @param roles {@code AGENCY} always, {@code OFFICER} where it acts for one
   */
  record Agency(
      String clientId,
      String agency,
      @Nullable String agencyClass,
      @Nullable String officer,
      Set<CallerRole> roles,
      List<Grant> grants)
      implements Caller {
    public Agency {
      roles = Set.copyOf(roles);
      grants = List.copyOf(grants);
    }

    @Override
    public String id() {
      return clientId;
    }
  }

  /** This nation's gateway, known by its certificate. It has checked the agreement. */
  record Gateway() implements Caller {
    @Override
    public String id() {
      return Roles.GATEWAY;
    }

    @Override
    public Set<CallerRole> roles() {
      return CallerRole.OF_GATEWAY;
    }
  }
}
