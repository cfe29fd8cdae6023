package org.mekong.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One run of the client, as a user types it. */
record CommandLine(int exitCode, String output) {
  /** Runs {@code mekong} with these words; {@code input} goes to its standard input. */
  static CommandLine mekong(String input, String... arguments) throws Exception {
    Process process = start(arguments);
    process.getOutputStream().write((input + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CommandLine(process.waitFor(), output);
  }

  /** Starts {@code mekong} with these words, and leaves it running. */
  static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(RunningPlatform.launcherCommand("org.mekong.client.command.Mekong"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
