package org.mekong.identity.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.resourceserver.token.VerifiedAccess;

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
    return known().clientId();
  }

  /**
   * The person for whom the client calls, as the client's agency knows them; none when the client
   * calls for itself.
   *
   * @throws IllegalStateException at a public endpoint, where nobody is known
   */
  public Optional<String> person() {
    return Optional.of(known().subject()).filter(subject -> !subject.equals(clientId()));
  }

  private VerifiedAccess known() {
    VerifiedAccess known = access;
    if (known == null) {
      throw new IllegalStateException("a public endpoint does not know its caller");
    }
    return known;
  }
}
