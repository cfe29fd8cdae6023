package org.mekong.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Runs other programs. */
public final class Commands {

  private Commands() {}

  /**
   * Runs one to its end.
   *
   * @return what it said
   * @throws IOException with that, where it failed
   */
  public static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          String.format(Locale.ROOT, "%s failed: %s", command[0], output.strip()));
    }
    return output;
  }
}
