package org.mekong.identity.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that the service logs while it is listened to, at every level. */
public final class HeardLog implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          lines.add(new SimpleFormatter().format(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private HeardLog() {}

  /** Begins to listen. */
  public static HeardLog listen() {
    HeardLog log = new HeardLog();
    log.handler.setLevel(Level.ALL);
    Logger.getLogger("").addHandler(log.handler);
    Logger.getLogger("org.mekong").setLevel(Level.ALL);
    return log;
  }

  /** What was heard so far. */
  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(handler);
  }
}
