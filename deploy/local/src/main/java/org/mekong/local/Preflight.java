package org.mekong.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mekong.local.machine.StartException;
import org.mekong.local.nation.Nation;

/** What must be so before anything starts; each failure is one line that says what to do. */
final class Preflight {
  /** What three services and their share of PostgreSQL stay below, in MiB. */
  static final long MEBIBYTES_PER_NATION = 1100;

  private Preflight() {}

  /** Refuses the first port that something else listens on. */
  static void portsFree(List<Integer> ports) throws StartException {
    for (int port : ports) {
      try (ServerSocket probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException e) {
        throw new StartException(
            "Port "
                + port
                + " is in use: stop what listens there (is Mekong running already?) or choose others with --port.",
            e);
      }
    }
  }

  /** Refuses to start where the system says that there is too little memory left. */
  static void memoryFor(int nations) throws StartException {
    Optional<Long> available = availableMebibytes(Path.of("/proc/meminfo"));
    long needed = nations * MEBIBYTES_PER_NATION;
    if (available.isPresent() && available.get() < needed) {
      throw new StartException(
          "Too little memory: %d MiB are free and %d nation(s) need about %d MiB. Close something, or start one with --nation VN."
              .formatted(available.get(), nations, needed));
    }
  }

  /** What Linux says could be had without swapping; empty elsewhere. */
  static Optional<Long> availableMebibytes(Path meminfo) {
    try {
      return Files.readAllLines(meminfo).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException | NumberFormatException notLinux) {
      return Optional.empty();
    }
  }

  /** Finds what Maven built. */
  static Path jarOf(Path project, Nation.Part part) throws StartException {
    Path jar = project.resolve(part.module()).resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new StartException(
          part.module()
              + " is not built: run deploy/local/up, which builds it, or ./mvnw package -DskipTests.");
    }
    return jar;
  }
}
