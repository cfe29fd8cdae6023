package org.mekong.identity.rotation;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/**
 * That a signing key is to be followed by a new one.
 *
 * @param algorithm {@code ES256}, {@code PS256} or {@code EdDSA}
 * @param withdraw whether the keys before are not to be trusted any more: then they are withdrawn
 *     at once, and with them every token that they signed
 */
public record RotateKeys(
    @Schema(
            required = true,
            example = "ES256",
            enumeration = {"ES256", "PS256", "EdDSA"})
        @Nullable String algorithm,
    @Schema(defaultValue = "false") @Nullable Boolean withdraw) {
  private static final List<String> ALGORITHMS = List.of("ES256", "PS256", "EdDSA");

  JWSAlgorithm checked() {
    new Members()
        .require(
            algorithm != null && ALGORITHMS.contains(algorithm),
            "algorithm",
            "must be of " + ALGORITHMS)
        .check();
    return JWSAlgorithm.parse(algorithm);
  }

  boolean withdraws() {
    return Objects.requireNonNullElse(withdraw, false);
  }
}
