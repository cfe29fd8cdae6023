package org.mekong.registry.bulk.job;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.file.FileFormat;

/**
 * A file that is imported.
 *
 * @param header names of the columns, of CSV
 * @param storing whether rows are stored in the phase that runs, or only checked
 * @param rows in the file
 * @param failure why it failed
 */
record Import(
    UUID id,
    String caller,
    FileFormat format,
    @Nullable String header,
    boolean dryRun,
    OnProblem onProblem,
    State state,
    boolean storing,
    long bytes,
    long rows,
    @Nullable String failure,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** How far it is. */
  enum State {
    UPLOADING,
    UPLOADED,
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }

    boolean isOpen() {
      return this == UPLOADED || this == RUNNING;
    }
  }

  /** What a row that breaks a rule does to the others. */
  enum OnProblem {
    /** Nothing: they are stored. */
    CONTINUE,

    /** All are checked first, and none is stored unless all keep the rules. */
    STOP;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<OnProblem> ofCode(String code) {
      return Arrays.stream(values()).filter(choice -> choice.code().equals(code)).findFirst();
    }
  }
}
