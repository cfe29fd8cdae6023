package org.mekong.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mekong.kubernetes.check.Schemas;

/** The schemas of Kubernetes and CloudNativePG, where this machine has them: read once. */
final class Schematic {

  /** Beside the repository; the property {@code mekong.kubernetes-openapi} names another place. */
  static final Path ARCHIVE =
      Path.of(
              System.getProperty(
                  "mekong.kubernetes-openapi",
                  Overlays.ROOT
                      .resolve("../../../shared/data/kubernetes-openapi.tar.xz")
                      .toString()))
          .normalize();

  private static final Optional<Schemas> SCHEMAS = read();

  private Schematic() {}

  static Optional<Schemas> schemas() {
    return SCHEMAS;
  }

  private static Optional<Schemas> read() {
    if (!Files.isReadable(ARCHIVE)) {
      System.err.println(
          "SKIPPED: the checks against the published schemas, for want of " + ARCHIVE);
      return Optional.empty();
    }
    try {
      Path more = Overlays.ROOT.resolve("src/test/resources/schemas/cert-manager.json");
      return Optional.of(Schemas.of(ARCHIVE, more));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
