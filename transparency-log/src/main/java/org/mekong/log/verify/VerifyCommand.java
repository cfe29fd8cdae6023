package org.mekong.log.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.tile.FolderSource;
import org.mekong.log.tile.UrlSource;

/**
 * The command {@code mekong-log verify}: verifies a proof file, a checkpoint, or a whole log in a
 * folder or behind a URL. Exit code 0 when everything holds, 1 when something does not, 2 when the
 * command line or a file cannot be read.
 */
public final class VerifyCommand {
  private static final String USAGE =
      "usage: verify --policy FILE [--remembered CHECKPOINT-FILE] [--max-age PT10M]"
          + " [--pruned-below INDEX] PROOF-FILE|CHECKPOINT-FILE|FOLDER|URL";

  private final PrintStream out;
  private final Clock clock;

  VerifyCommand(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new VerifyCommand(System.out, Clock.systemUTC()).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    try {
      verify(new ArrayDeque<>(arguments));
      return 0;
    } catch (ProofException | LogFault e) {
      out.println("NOT VALID: " + e.getMessage());
      return 1;
    } catch (IOException | PolicyException | NoteException | RuntimeException e) {
      out.println("cannot verify: " + e.getMessage());
      return 2;
    }
  }

  private void verify(ArrayDeque<String> arguments)
      throws IOException, PolicyException, NoteException, ProofException, LogFault {
    Optional<LogExpectation> expectation = Optional.empty();
    while (arguments.size() > 1) {
      String option = arguments.pop();
      String value = arguments.pop();
      if (option.equals("--policy")) {
        Policy policy = PolicyFile.parse(Files.readAllBytes(Path.of(value)));
        expectation = Optional.of(LogExpectation.of(policy));
        continue;
      }
      LogExpectation before = expectation.orElseThrow(VerifyCommand::usage);
      expectation =
          Optional.of(
              switch (option) {
                case "--remembered" -> before.continuing(remembered(value));
                case "--max-age" -> before.notOlderThan(Duration.parse(value), clock.instant());
                case "--pruned-below" -> before.prunedBelow(Long.parseLong(value));
                default -> throw usage();
              });
    }
    if (arguments.isEmpty()) {
      throw usage();
    }
    verify(arguments.pop(), expectation.orElseThrow(VerifyCommand::usage));
  }

  private void verify(String target, LogExpectation expectation)
      throws IOException, NoteException, ProofException, LogFault {
    if (target.startsWith("https://") || target.startsWith("http://")) {
      try (HttpClient client = HttpClient.newHttpClient()) {
        tell(LogVerifier.verify(new UrlSource(client, URI.create(target)), expectation));
      }
    } else if (Files.isDirectory(Path.of(target))) {
      tell(LogVerifier.verify(new FolderSource(Path.of(target)), expectation));
    } else {
      byte[] file = Files.readAllBytes(Path.of(target));
      String text = new String(file, StandardCharsets.UTF_8);
      if (text.startsWith("c2sp.org/tlog-proof@")) {
        tell(ProofVerifier.verify(text, expectation.policy()));
      } else {
        VerifiedCheckpoint verified = expectation.policy().verify(Note.parse(file));
        out.printf("valid checkpoint: %s%n", told(verified));
      }
    }
  }

  private void tell(VerifiedCheckpoint verified) {
    out.printf("valid log: every entry, every tile and the root; %s%n", told(verified));
  }

  private static String told(VerifiedCheckpoint verified) {
    Checkpoint checkpoint = verified.checkpoint();
    return "%s, %d entries, cosigned by %s%s"
        .formatted(
            checkpoint.origin(),
            checkpoint.size(),
            verified.cosigners(),
            verified.cosignedAt().map(at -> " at " + at).orElse(""));
  }

  private void tell(VerifiedEntry verified) {
    out.printf(
        "valid proof: entry %d of %s, in a tree of %d entries, cosigned by %s%n",
        verified.index(), verified.origin(), verified.treeSize(), verified.cosigners());
  }

  private static Checkpoint remembered(String file) {
    try {
      return Checkpoint.parse(Note.parse(Files.readAllBytes(Path.of(file))).text());
    } catch (IOException | NoteException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException usage() {
    return new IllegalArgumentException(USAGE);
  }
}
