package org.mekong.identity.startup;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of the one-time token sends.
 *
 * @param token as it was printed
 * @param clientId of the administrator's system
 * @param name of it
 * @param jwks its public keys
 */
public record SetUp(
    @Schema(required = true) @Nullable String token,
    @Schema(required = true, pattern = "[a-z0-9][a-z0-9._-]{1,98}") @Nullable String clientId,
    @Schema(required = true, maxLength = 200) @Nullable String name,
    @Schema(required = true) @Nullable Map<String, Object> jwks) {
  /** Names nothing of it. */
  @Override
  public String toString() {
    return "SetUp";
  }
}
