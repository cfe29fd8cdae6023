package org.mekong.system;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The clock of one running service, which can be set while it runs: by libfaketime, which looks
 * again and again into a file. How long something takes is measured as before; only what time it is
 * changes, as when a machine's clock is set.
 */
final class MovableClock implements AutoCloseable {
  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final RunningPlatform platform;
  private final String nation;
  private final String feature;
  private final Path folder;
  private final Path offset;

  /** Starts the service again under a clock that is right at first. */
  MovableClock(RunningPlatform platform, String nation, String feature) throws Exception {
    this.platform = platform;
    this.nation = nation;
    this.feature = feature;
    this.folder = RunningPlatform.DATA.resolve(nation).resolve(feature);
    this.offset = folder.resolve("clock-offset");
    set(Duration.ZERO);
    Files.writeString(
        environment(),
        """
        LD_PRELOAD=%s
        FAKETIME_TIMESTAMP_FILE=%s
        FAKETIME_CACHE_DURATION=1
        FAKETIME_DONT_FAKE_MONOTONIC=1
        FAKETIME_FORCE_MONOTONIC_FIX=0
        NO_FAKE_STAT=1
        """
            .formatted(library().orElseThrow(), offset));
    startAgain();
  }

  /** The library, where this machine has it. */
  static Optional<Path> library() throws IOException {
    if (!Files.isDirectory(LIBRARIES)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> architectures = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
      return StreamSupport.stream(architectures.spliterator(), false)
          .map(each -> each.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();
    }
  }

  /** Sets it so far from the right time, which it is within a second. */
  void set(Duration ahead) throws IOException {
    Path next = folder.resolve("clock-offset.new");
    Files.writeString(next, "%+ds\n".formatted(ahead.toSeconds()));
    Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path environment() {
    return folder.resolve("service.environment");
  }

  private void startAgain() throws Exception {
    ProcessHandle before = platform.service(nation, feature);
    RunningPlatform.signal("KILL", before);
    before.onExit().get();
  }

  /** Starts the service again under the machine's clock. */
  @Override
  public void close() throws Exception {
    Files.delete(environment());
    startAgain();
  }
}
