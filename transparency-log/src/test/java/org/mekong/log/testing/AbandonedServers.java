package org.mekong.log.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Stops servers whose JVM was killed, and deletes their data. */
final class AbandonedServers {
  private AbandonedServers() {}

  /**
   * Removes every folder beneath {@code data} that is named by the id of a process that is no more.
   */
  static void remove(Path data) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(data)) {
      for (Path folder : folders) {
        if (isAbandoned(folder)) {
          postmaster(folder).ifPresent(AbandonedServers::stop);
          delete(folder);
        }
      }
    }
  }

  private static boolean isAbandoned(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(name)).isEmpty();
  }

  private static Optional<ProcessHandle> postmaster(Path folder) throws IOException {
    Path pidFile = folder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    boolean ours = lines.size() > 1 && lines.get(1).equals(folder.toString());
    return ours ? ProcessHandle.of(Long.parseLong(lines.get(0).trim())) : Optional.empty();
  }

  private static void stop(ProcessHandle postmaster) {
    String command = postmaster.info().command().orElse("");
    if (!command.endsWith("postgres")) {
      return;
    }
    postmaster.destroyForcibly();
    try {
      postmaster.onExit().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("an abandoned PostgreSQL does not stop: " + postmaster, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
