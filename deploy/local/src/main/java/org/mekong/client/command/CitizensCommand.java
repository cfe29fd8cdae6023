package org.mekong.client.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.client.SampleCitizen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mekong citizens}. */
@Command(
    name = "citizens",
    mixinStandardHelpOptions = true,
    description =
        "Shows the invented citizens who can sign in on this machine, with their one-time codes of now.")
final class CitizensCommand implements Callable<Integer> {
  @Option(names = "--nation", paramLabel = "NATION", description = "of this nation alone: VN or LA")
  private @Nullable String nation;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    for (Path file : files()) {
      out.println(file.getParent().getFileName() + "  (number, password, one-time code of now)");
      for (SampleCitizen citizen : SampleCitizen.read(file)) {
        out.printf(
            "  %s  %s  %s  %s%n",
            citizen.personalNumber(),
            citizen.password(),
            citizen.oneTimeCode(Clock.systemUTC().instant()),
            citizen.name());
      }
    }
    out.flush();
    return 0;
  }

  private List<Path> files() throws IOException {
    Path data = Mekong.dataFolder();
    try (var folders = Files.list(data)) {
      List<Path> files =
          folders
              .filter(folder -> nation == null || folder.getFileName().toString().equals(nation))
              .map(folder -> SampleCitizen.file(data, folder.getFileName().toString()))
              .filter(Files::exists)
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new IOException("no citizens stand in " + data + ": start deploy/local/up first");
      }
      return files;
    }
  }
}
