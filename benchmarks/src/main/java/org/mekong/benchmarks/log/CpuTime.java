package org.mekong.benchmarks.log;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processor time of this process and of the PostgreSQL beside it. Unlike rates and latencies it
 * says the same on a machine that others use too.
 */
final class CpuTime {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuTime() {}

  private static Optional<ProcessHandle> postmaster() {
    String self = Long.toString(ProcessHandle.current().pid());
    Path file = Path.of("target", "postgresql", self, "postmaster.pid");
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().map(Long::parseLong).flatMap(ProcessHandle::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nanoseconds that this process has used. */
  static long ofThisProcess() {
    return SYSTEM.getProcessCpuTime();
  }

  /** Nanoseconds that the processes have used which our PostgreSQL runs now. */
  static long ofPostgres() {
    return postmaster().stream()
        .flatMap(ProcessHandle::descendants)
        .map(process -> process.info().totalCpuDuration())
        .flatMap(Optional::stream)
        .mapToLong(Duration::toNanos)
        .sum();
  }
}
