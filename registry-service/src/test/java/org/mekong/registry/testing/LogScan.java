package org.mekong.registry.testing;

import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Keeps every line that is logged, with its parameters and what caused it. */
public final class LogScan extends Handler {

  private final Queue<String> lines;

  /** A handler that adds to these lines. */
  public LogScan(Queue<String> lines) {
    this.lines = lines;
  }

  @Override
  public void publish(LogRecord line) {
    StringBuilder text = new StringBuilder(String.valueOf(line.getMessage()));
    if (line.getParameters() != null) {
      for (Object parameter : line.getParameters()) {
        text.append(' ').append(parameter);
      }
    }
    for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
      text.append(' ').append(cause);
    }
    lines.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
