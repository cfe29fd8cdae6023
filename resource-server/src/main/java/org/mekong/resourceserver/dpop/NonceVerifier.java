package org.mekong.resourceserver.dpop;

import org.jspecify.annotations.Nullable;

/** Decides on the {@code nonce} of a proof (RFC 9449 section 8). */
@FunctionalInterface
public interface NonceVerifier {
  /**
   * Where the server gives no nonces, what a proof has is no matter (section 4.3): clients keep one
   * for each origin, and go on sending it to whatever else answers there.
   */
  NonceVerifier NONE = nonce -> true;

  /** Whether a proof may have this nonce; null when it has none. May use the nonce up. */
  boolean accepts(@Nullable String nonce);
}
