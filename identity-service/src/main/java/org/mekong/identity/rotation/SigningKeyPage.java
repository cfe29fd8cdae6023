package org.mekong.identity.rotation;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.key.SigningKey;

/** The signing keys that are published, newest first. */
public record SigningKeyPage(List<SigningKeyView> items) {
  /**
   * A signing key as it is answered.
   *
   * @param activeFrom from when it signs, unless a newer one does
   * @param publishedUntil until when it verifies; absent while nothing follows it
   */
  @Schema(name = "SigningKey")
  public record SigningKeyView(
      String kid, String algorithm, Instant activeFrom, @Nullable Instant publishedUntil) {
    static SigningKeyView of(SigningKey key) {
      return new SigningKeyView(
          key.publicKey().getKeyID(),
          key.algorithm().getName(),
          key.activeFrom(),
          key.publishedUntil());
    }
  }
}
