package org.mekong.log;

import java.io.Serial;

/**
 * The log could not do its work: the database failed, the log is sealed, or what is stored does not
 * fit together. After a failed append the entry may or may not have become part of the log.
 */
public class LogException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** The log is sealed: it takes no more entries, ever. */
  public static final class Sealed extends LogException {
    @Serial private static final long serialVersionUID = 1;

    Sealed() {
      super("the log is sealed: it takes no more entries");
    }
  }

  /** The entry stood in the log, and was pruned since. */
  public static final class Pruned extends LogException {
    @Serial private static final long serialVersionUID = 1;

    Pruned() {
      super("the entry was pruned: its time of retention is over");
    }
  }

  public LogException(String message) {
    super(message);
  }

  public LogException(String message, Throwable cause) {
    super(message, cause);
  }
}
