package org.mekong.registry.caller;

import java.security.Principal;
import org.mekong.resourceserver.token.VerifiedAccess;

/** Whoever a verified access token stands for. */
public record AccessPrincipal(VerifiedAccess access) implements Principal {

  @Override
  public String getName() {
    return access.subject();
  }
}
