package org.mekong.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.tile.FolderSource;
import org.mekong.log.tile.TileSource;
import org.mekong.log.tile.UrlSource;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogFault;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedCheckpoint;
import org.mekong.log.verify.VerifiedEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mekong verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a receipt, a checkpoint or a whole log: says what was checked, or the first thing that is wrong.",
      "Receipts, checkpoints and folders need no network."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mekong verify receipt.tlog-proof --policy keys.policy",
      "  mekong verify https://localhost:8213/log/2026",
      "  mekong verify https://localhost:8213/log/2026 --remember la-gateway.checkpoint",
      "  mekong verify copied-log/ --policy keys.policy"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final String PROOF = "c2sp.org/tlog-proof@";
  private static final int LARGEST_FILE = 4 * 1024 * 1024;

  @Parameters(
      paramLabel = "TARGET",
      description =
          "a C2SP tlog-proof file, a checkpoint file, the folder of a log, or the URL of a log")
  private String target = "";

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "the logs and witnesses to believe, a C2SP tlog-policy file; default: the registry office's")
  private @Nullable Path policyFile;

  @Option(
      names = "--remember",
      paramLabel = "FILE",
      description =
          "a log has to continue the checkpoint in this file, if it is there; afterwards its new one is kept there")
  private @Nullable Path remember;

  @Option(
      names = "--not-older-than",
      paramLabel = "DURATION",
      description = "how old the newest cosignature of a log may be, PT4H for instance")
  private @Nullable Duration limit;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM certificates of the authorities to trust")
  private @Nullable Path authorities;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Policy policy =
        TrustPolicy.read(
            policyFile == null ? Mekong.dataFolder().resolve("VN/clients/policy.txt") : policyFile);
    try {
      if (target.startsWith("https://") || target.startsWith("http://")) {
        verifyLog(out, new UrlSource(client(), URI.create(target.replaceAll("/+$", ""))), policy);
      } else if (Files.isDirectory(Path.of(target))) {
        verifyLog(out, new FolderSource(Path.of(target)), policy);
      } else {
        verifyFile(out, read(Path.of(target)), policy);
      }
      return 0;
    } catch (LogFault | ProofException | NoteException e) {
      out.println("NOT VALID " + e.getMessage());
      return Mekong.NOT_VALID;
    }
  }

  private static String read(Path file) throws IOException, ProofException {
    if (!Files.isReadable(file)) {
      throw new IOException("there is no file or folder " + file);
    }
    if (Files.size(file) > LARGEST_FILE) {
      throw new ProofException("the file is longer than any receipt or checkpoint");
    }
    // A byte that is no UTF-8 becomes a character that no receipt holds.
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private void verifyFile(PrintWriter out, String text, Policy policy)
      throws ProofException, NoteException {
    if (!text.startsWith(PROOF)) {
      VerifiedCheckpoint checkpoint =
          policy.verify(Note.parse(text.getBytes(StandardCharsets.UTF_8)));
      out.println("valid     a checkpoint of " + describe(checkpoint));
      return;
    }
    VerifiedEntry entry = ProofVerifier.verify(text, policy);
    out.printf("valid     the receipt proves entry %d of %s%n", entry.index(), entry.origin());
    out.printf(
        "checked   signature of the log%s, inclusion in its tree of %d entries%n",
        entry.cosigners().isEmpty()
            ? ""
            : ", cosignatures of " + String.join(", ", entry.cosigners()),
        entry.treeSize());
    out.println("entry     " + new String(entry.entry(), StandardCharsets.UTF_8));
  }

  private void verifyLog(PrintWriter out, TileSource source, Policy policy)
      throws LogFault, IOException, NoteException {
    LogExpectation expectation = LogExpectation.of(policy);
    if (remember != null && Files.exists(remember)) {
      Note remembered = Note.parse(Files.readAllBytes(remember));
      expectation = expectation.continuing(Checkpoint.parse(remembered.text()));
    }
    if (limit != null) {
      expectation = expectation.notOlderThan(limit, now());
    }
    VerifiedCheckpoint checkpoint = LogVerifier.verify(source, expectation);
    out.println("valid     the log of " + describe(checkpoint));
    out.println(
        "checked   signatures, every entry, every tile, the root"
            + (remember == null ? "" : ", that it continues what was remembered"));
    if (remember != null) {
      byte[] note =
          source.read("checkpoint").orElseThrow(() -> new IOException("the checkpoint is gone"));
      Checkpoint kept = Checkpoint.parse(Note.parse(note).text());
      if (kept.size() == checkpoint.checkpoint().size()) {
        Files.write(remember, note);
      }
    }
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private static String describe(VerifiedCheckpoint verified) {
    return "%s, %d entries%s"
        .formatted(
            verified.checkpoint().origin(),
            verified.checkpoint().size(),
            verified.cosigners().isEmpty()
                ? ""
                : ", cosigned by " + String.join(", ", verified.cosigners()));
  }

  private HttpClient client() throws IOException {
    Path trusted = authorities == null ? Mekong.dataFolder().resolve("ca.pem") : authorities;
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    if (Files.isReadable(trusted)) {
      client.sslContext(TrustedTls.trusting(trusted));
    }
    return client.build();
  }
}
