package org.mekong.benchmarks.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mekong.benchmarks.load.Commands;

/** PostgreSQL's own load driver with the very statement that the service reads by. */
final class Pgbench {

  private static final int STATEMENTS = 1_000;
  private static final int SCRIPTS = 32;
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  private Pgbench() {}

  /** Rows read a second: one prepared statement, 8 connections, keys drawn from the whole table. */
  static double reads(int port, Path folder, List<String> numbers, int seconds)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "pgbench",
            "-h",
            "localhost",
            "-p",
            Integer.toString(port),
            "-U",
            "postgres",
            "-n",
            "-M",
            "prepared",
            "-c",
            "8",
            "-j",
            "2",
            "-T",
            Integer.toString(seconds)));
    for (int script = 0; script < SCRIPTS; script++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < STATEMENTS / 10; i++) {
        String number = numbers.get((script * STATEMENTS / 10 + i) % numbers.size());
        text.append("\\set n ").append(Long.parseLong(number)).append('\n');
        text.append(
            "select document from identifier i join person p on p.person_id = i.person_id"
                + " where i.number = lpad(:n::text, "
                + number.length()
                + ", '0');\n");
      }
      Path file = folder.resolve("read-" + script + ".sql");
      Files.writeString(file, text);
      command.add("-f");
      command.add(file.toString());
    }
    command.add("postgres");
    String output = Commands.run(command.toArray(String[]::new));
    Matcher rate = RATE.matcher(output);
    if (!rate.find()) {
      throw new IOException("pgbench told no rate: " + output);
    }
    return Double.parseDouble(rate.group(1)) * STATEMENTS / 10;
  }
}
