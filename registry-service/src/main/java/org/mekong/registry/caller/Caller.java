package org.mekong.registry.caller;

import java.util.List;

/** Whoever makes the request. */
public sealed interface Caller {

  /** What the caller is called in this service's own rows. */
  String id();

  /** A system of one of the nation's agencies, known by its token. */
  record Agency(String clientId, String agency, List<Grant> grants) implements Caller {
    public Agency {
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
  }
}
