package org.mekong.local.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the JVM keeps of a service's classes, loaded and linked, so that the next start need not do
 * it again: a file beside the service's jar, good for this jar and this JDK (JEP 483 and 514).
 */
public enum ClassCache {
  /** Takes the cache, where there is one that is newer than the jar. */
  USED,
  /** Writes it when the service stops. */
  TRAINED,
  /** Neither. */
  LEFT_OUT;

  /** The first JDK that writes and reads it by one option. */
  private static final int LEAST_JDK = 25;

  /** Where it lies. */
  public static Path of(Path jar) {
    return jar.resolveSibling("app.aot");
  }

  /** Whether this JDK can. */
  public static boolean possible() {
    return Runtime.version().feature() >= LEAST_JDK;
  }

  /** What the JVM of the service is told. */
  List<String> options(Path jar) throws IOException {
    Path cache = of(jar);
    return switch (this) {
      // What is learnt is gone through once more at the end, which takes more than the service
      // does.
      case TRAINED ->
          List.of("-XX:AOTCacheOutput=" + cache, "-Xmx512m", "-XX:MaxMetaspaceSize=512m");
      case USED -> possible() && newer(cache, jar) ? List.of("-XX:AOTCache=" + cache) : List.of();
      case LEFT_OUT -> List.of();
    };
  }

  private static boolean newer(Path cache, Path jar) throws IOException {
    return Files.exists(cache)
        && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }
}
