package org.mekong.log;

import java.io.Serial;

/**
 * The log could not do its work: the database failed, the log is sealed, or what is stored does not
 * fit together. After a failed append the entry may or may not have become part of the log.
 */
public class LogException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public LogException(String message) {
    super(message);
  }

  public LogException(String message, Throwable cause) {
    super(message, cause);
  }
}
