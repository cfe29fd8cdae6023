package org.mekong.registry.statement.key;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key.
 *
 * @param shown its public half, whose key id is its RFC 7638 thumbprint
 * @param secret both halves; absent once it signs no more
 * @param signsFrom when it takes over
 * @param withdrawnAt when it was found not to be trusted, if it was
 */
public record StatementKey(
    ECKey shown,
    Optional<ECKey> secret,
    Instant createdAt,
    Instant signsFrom,
    @Nullable Instant withdrawnAt) {

  /** The key id. */
  public String kid() {
    return shown.getKeyID();
  }

  boolean isWithdrawn() {
    return withdrawnAt != null;
  }

  @Override
  public String toString() {
    return "StatementKey[" + kid() + "]";
  }
}
