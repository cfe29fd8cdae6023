package org.mekong.local.machine;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small process that outlives the launcher by a moment: it reads the launcher's process numbers
 * from a pipe, and when the pipe closes, however the launcher died, it ends what is still running,
 * services first, the database last. A clean stop tells it {@code gone} first, so it never ends a
 * stranger that was given an old number.
 */
public final class Watchdog implements AutoCloseable {
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      services= ; database=
      while read -r word pid; do
        case "$word" in
          service) services="$services $pid" ;;
          database) database=$pid ;;
          gone) left= ; for p in $services; do [ "$p" = "$pid" ] || left="$left $p"; done; services=$left
                [ "$database" != "$pid" ] || database= ;;
        esac
      done
      alive() { for p in "$@"; do kill -0 "$p" 2>/dev/null && return 0; done; return 1; }
      end() { # signal, then processes: ask, wait, insist
        signal=$1 ; shift
        [ $# -gt 0 ] || return 0
        kill "-$signal" "$@" 2>/dev/null
        n=0 ; while alive "$@" && [ $n -lt 50 ]; do sleep 0.1 2>/dev/null || sleep 1; n=$((n+1)); done
        kill -KILL "$@" 2>/dev/null
      }
      end TERM $services
      end INT $database
      """;

  private final Process process;
  private final Writer pipe;

  private Watchdog(Process process) {
    this.process = process;
    this.pipe = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
  }

  /**
   * Starts it in a session of its own where the system can, so that a signal to the launcher's
   * group does not end it too.
   */
  public static Watchdog start() throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    command.addAll(List.of("/bin/sh", "-c", SCRIPT));
    return new Watchdog(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Ends this process when the launcher is gone. */
  public void guardService(long pid) throws IOException {
    tell("service " + pid);
  }

  /** Ends this PostgreSQL, by a fast shutdown, when the launcher and the services are gone. */
  public void guardDatabase(long pid) throws IOException {
    tell("database " + pid);
  }

  /** This process ended by itself. */
  public void gone(long pid) throws IOException {
    tell("gone " + pid);
  }

  private synchronized void tell(String line) throws IOException {
    pipe.write(line + "\n");
    pipe.flush();
  }

  @Override
  public void close() throws IOException {
    pipe.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
