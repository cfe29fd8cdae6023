package org.mekong.identity.access;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;
import org.mekong.resourceserver.VerifiedAccess;

/** Who is calling: what the verified token of this request says. */
@RequestScoped
public class Caller {
  private @Nullable VerifiedAccess access;

  void set(VerifiedAccess verified) {
    access = verified;
  }

  /**
   * The client that calls.
   *
   * @throws IllegalStateException at a public endpoint, where nobody is known
   */
  public String clientId() {
    VerifiedAccess known = access;
    if (known == null) {
      throw new IllegalStateException("a public endpoint does not know its caller");
    }
    return known.clientId();
  }
}
