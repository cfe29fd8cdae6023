package org.mekong.registry.bulk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How files of persons are worked on. */
@ConfigMapping(prefix = "registry.bulk")
public interface BulkConfig {

  /** How many chunks of files this replica works on at a time; 0 leaves them to others. */
  @WithDefault("2")
  int workers();

  /** How long a worker waits when there is nothing to do. */
  @WithDefault("500ms")
  Duration pause();

  /** Rows that are checked and written in one transaction. */
  @WithDefault("1000")
  int rowsAtOnce();

  /** How many files this replica takes in at a time. */
  @WithDefault("4")
  int uploads();

  /** Bytes of the largest file, unpacked. */
  @WithDefault("17179869184")
  long largestFile();

  /** How many times larger than what was sent a file may be when it is unpacked. */
  @WithDefault("100")
  int expansion();

  /** An upload that nothing arrives of for so long is given up. */
  @WithDefault("PT15M")
  Duration uploadPatience();

  /** How long an export may be read. */
  @WithDefault("PT24H")
  Duration exportLife();
}
