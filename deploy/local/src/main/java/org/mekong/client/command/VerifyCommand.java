package org.mekong.client.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.log.command.VerifyCommand.Defaults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code mekong verify}: the log library's own command, with the keys of this machine's platform
 * where the command line names none.
 */
@Command(
    name = "verify",
    description =
        "Checks a receipt, a checkpoint, an evidence bundle or a whole log: says what was checked, or the first thing that is wrong.")
final class VerifyCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Path clients = Mekong.dataFolder().resolve("VN/clients");
    Defaults defaults =
        new Defaults(
            "mekong verify",
            Optional.of(clients.resolve("policy.txt")),
            Optional.of(clients.resolve("gateways.json")),
            Optional.of(Mekong.dataFolder().resolve("ca.pem")));
    return new org.mekong.log.command.VerifyCommand(out, Clock.systemUTC(), defaults)
        .run(arguments);
  }
}
