package org.mekong.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * Processor time of this process and of the PostgreSQL beside it. Unlike rates and latencies it
 * says the same on a machine that others use too.
 */
final class CpuTime {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuTime() {}

  /** Nanoseconds that this process has used. */
  static long ofThisProcess() {
    return SYSTEM.getProcessCpuTime();
  }

  /**
   * Nanoseconds that the processes have used which PostgreSQL runs now; all of the machine, for the
   * server leaves its parent when it starts.
   */
  static long ofPostgres() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
        .map(process -> process.info().totalCpuDuration())
        .flatMap(Optional::stream)
        .mapToLong(Duration::toNanos)
        .sum();
  }
}
