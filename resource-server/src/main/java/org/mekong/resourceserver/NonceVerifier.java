package org.mekong.resourceserver;

import org.jspecify.annotations.Nullable;

/** Decides on the {@code nonce} of a proof (RFC 9449 section 8). */
@FunctionalInterface
public interface NonceVerifier {
  /** Where the server gives no nonces: a proof that has one is not for this server. */
  NonceVerifier NONE = nonce -> nonce == null;

  /** Whether a proof may have this nonce; null when it has none. May use the nonce up. */
  boolean accepts(@Nullable String nonce);
}
