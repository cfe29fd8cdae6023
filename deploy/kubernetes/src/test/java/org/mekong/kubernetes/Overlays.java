package org.mekong.kubernetes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the tree of manifests stands, seen from the test. */
final class Overlays {

  /** Surefire runs in the module's folder. */
  static final Path ROOT = Path.of("").toAbsolutePath();

  private Overlays() {}

  static Stream<Path> all() {
    return Stream.of("vn", "la").map(n -> ROOT.resolve("overlays").resolve(n));
  }

  static Path broken() {
    Path folder = ROOT.resolve("src/test/resources/broken");
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException("not found: " + folder);
    }
    return folder;
  }
}
