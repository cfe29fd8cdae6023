package org.mekong.client.command;

import java.net.ConnectException;
import java.nio.file.Path;
import org.mekong.client.AnswerInvalidException;
import org.mekong.client.TokenRefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of agencies, operators and auditors. */
@Command(
    name = "mekong",
    mixinStandardHelpOptions = true,
    version = "Mekong 0.1.0",
    description = "Asks questions across a border, and checks what came back.",
    subcommands = {
      LookupCommand.class,
      VerifyCommand.class,
      StatementCommand.class,
      StatusCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      CitizensCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:what was asked holds",
      "1:refused, not valid, or not ready: the first thing that is wrong is printed",
      "2:the command line is wrong",
      "3:a service or a file could not be reached"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mekong lookup --country LA --purpose marriage --officer officer-7f3a --ask alive --ask age_over=18 --ask married",
      "  mekong verify receipt.tlog-proof",
      "  mekong status",
      "  mekong import persons.csv --dry-run --watch"
    })
public final class Mekong {
  /** What was asked does not hold, or was refused. */
  static final int NOT_VALID = 1;

  /** Something could not be reached or read. */
  static final int UNREACHABLE = 3;

  private Mekong() {}

  /** The folder that {@code deploy/local/up} fills; where the default profile lies. */
  static Path dataFolder() {
    return Path.of(System.getProperty("mekong.data", "deploy/local/data"));
  }

  /** Runs the command and returns its exit code. */
  public static int run(String... arguments) {
    return new CommandLine(new Mekong())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              String reason = reason(failure);
              command.getErr().println(command.getColorScheme().errorText("mekong: " + reason));
              return failure instanceof TokenRefusedException
                      || failure instanceof AnswerInvalidException
                  ? NOT_VALID
                  : UNREACHABLE;
            })
        .execute(arguments);
  }

  /** What went wrong, in words that say what to do. */
  static String reason(Exception failure) {
    if (failure instanceof ConnectException) {
      return "a service does not answer: see which by 'mekong status', and start it";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }
}
