package org.mekong.log.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mekong.log.evidence.EvidenceBundle;
import org.mekong.log.evidence.EvidenceException;
import org.mekong.log.evidence.EvidenceVerifier;
import org.mekong.log.evidence.GatewayKeys;
import org.mekong.log.evidence.OpenedProof;
import org.mekong.log.evidence.SavedAnswer;
import org.mekong.log.evidence.VerifiedEvidence;
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
import org.mekong.log.verify.PolicyException;
import org.mekong.log.verify.PolicyFile;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedCheckpoint;
import org.mekong.log.verify.VerifiedEntry;

/**
 * The command {@code verify}: verifies a proof file, a checkpoint, an evidence bundle, or a whole
 * log in a folder or behind a URL, and says what it checked or the first thing that is wrong. Exit
 * code 0 when everything holds, 1 when something does not, 2 when it cannot be told: the command
 * line is wrong, or something cannot be read.
 */
public final class VerifyCommand {
  private static final int HOLDS = 0;
  private static final int NOT_VALID = 1;
  private static final int CANNOT_TELL = 2;
  private static final String PROOF = "c2sp.org/tlog-proof@";
  private static final String USAGE =
      """
      usage: %1$s [--policy FILE] [options] TARGET

      Checks TARGET and says what was checked, or the first thing that is wrong. Files and folders
      need no network.

      TARGET is a C2SP tlog-proof file (a receipt), a proof file with an opening as a person gets
      it of a look at their data, a checkpoint file, an evidence bundle, the folder of a log, or
      the URL of a log.

        --policy FILE             the logs and witnesses to believe, a C2SP tlog-policy file
        --gateways FILE           for evidence: the keys that gateways sign with, a JSON object of
                                  JWK sets by nation
        --subject ID              for a proof file with an opening: the person whom it has to be about
        --remember FILE           a log has to continue the checkpoint in this file, if it is there;
                                  afterwards its new one is kept there
        --not-older-than DURATION how old the newest cosignature of a log may be: PT4H
        --pruned-below INDEX      entries of a log below it may have been pruned
        --ca FILE                 PEM certificates of the authorities to trust for a URL
        -h, --help                shows this

      Exit code: 0 it holds; 1 it does not; 2 that cannot be told.

      Examples:
        %1$s --policy keys.policy receipt.tlog-proof
        %1$s --policy keys.policy --subject 0190f3c4-5a10-7b21-8c43-5d6e7f809101 disclosure.json
        %1$s --policy keys.policy --gateways gateways.json evidence.json
        %1$s --policy keys.policy copied-log/
        %1$s --policy auditor.policy --remember la.checkpoint --not-older-than PT4H \\
            https://gateway.la.mekong.example/log/2026
      """;

  private final PrintWriter out;
  private final Clock clock;
  private final Defaults defaults;

  /**
   * What is taken where the command line names nothing.
   *
   * @param name how the command is called, for its help
   */
  public record Defaults(
      String name, Optional<Path> policy, Optional<Path> gateways, Optional<Path> authorities) {
    /** Nothing is taken for granted. */
    public static Defaults none(String name) {
      return new Defaults(name, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** A command that writes to {@code out}. */
  public VerifyCommand(PrintWriter out, Clock clock, Defaults defaults) {
    this.out = out;
    this.clock = clock;
    this.defaults = defaults;
  }

  /** Runs the command and exits with its code. A first word {@code verify} may be left out. */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    System.exit(
        new VerifyCommand(
                out, Clock.systemUTC(), Defaults.none("java -jar transparency-log.jar verify"))
            .run(
                !words.isEmpty() && words.getFirst().equals("verify")
                    ? words.subList(1, words.size())
                    : words));
  }

  /** Runs the command and returns its exit code. */
  public int run(List<String> arguments) {
    try {
      if (arguments.contains("--help") || arguments.contains("-h")) {
        out.printf(USAGE, defaults.name());
        return HOLDS;
      }
      verify(VerifyOptions.read(arguments));
      return HOLDS;
    } catch (ProofException | LogFault | EvidenceException e) {
      out.println("NOT VALID " + e.getMessage());
      return NOT_VALID;
    } catch (VerifyOptions.WrongCommandLine e) {
      out.println("cannot verify: " + e.getMessage());
      out.printf(USAGE, defaults.name());
      return CANNOT_TELL;
    } catch (IOException | RuntimeException e) {
      out.println("cannot verify: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
      return CANNOT_TELL;
    } finally {
      out.flush();
    }
  }

  private void verify(VerifyOptions options)
      throws IOException,
          VerifyOptions.WrongCommandLine,
          ProofException,
          LogFault,
          EvidenceException {
    Policy policy = policy(options);
    if (options.isUrl()) {
      try (HttpClient client = client(options)) {
        URI prefix = URI.create(options.target().replaceAll("/+$", ""));
        verifyLog(new UrlSource(client, prefix), options, policy);
      }
      return;
    }
    Path target = Path.of(options.target());
    if (Files.isDirectory(target)) {
      verifyLog(new FolderSource(target), options, policy);
      return;
    }
    byte[] file = read(target);
    // A byte that is no UTF-8 becomes a character that no proof holds.
    String text = new String(file, StandardCharsets.UTF_8);
    if (text.startsWith(PROOF)) {
      tell(ProofVerifier.verify(text, policy));
    } else if (OpenedProof.isMeant(file)) {
      verifyOpened(OpenedProof.parse(file), options, policy);
    } else if (text.stripLeading().startsWith("{")) {
      Optional<SavedAnswer> answer = SavedAnswer.of(file);
      if (answer.isPresent()) {
        throw new IOException(answer.get().advice());
      }
      verifyEvidence(file, options, policy);
    } else {
      tell(checkpoint(file, policy));
    }
  }

  private void verifyOpened(OpenedProof proof, VerifyOptions options, Policy policy)
      throws EvidenceException, VerifyOptions.WrongCommandLine {
    VerifiedEntry verified = proof.verify(policy);
    String subject = proof.opening().subject();
    Optional<String> wanted = options.subject();
    if (wanted.isPresent() && !wanted.get().equals(subject)) {
      throw new EvidenceException("opening", "the entry is about another person");
    }
    tell(verified);
    out.println("about     person " + subject + ": the opening opens the entry's commitment");
  }

  private void verifyEvidence(byte[] file, VerifyOptions options, Policy policy)
      throws IOException, VerifyOptions.WrongCommandLine, EvidenceException {
    Path keys =
        options
            .gateways()
            .or(defaults::gateways)
            .orElseThrow(
                () ->
                    new VerifyOptions.WrongCommandLine(
                        "evidence needs the gateways' keys: name them with --gateways"));
    GatewayKeys trusted;
    try {
      trusted = GatewayKeys.parse(read(keys));
    } catch (EvidenceException e) {
      throw new IOException(keys + ": " + e.getMessage(), e);
    }
    VerifiedEvidence verified =
        EvidenceVerifier.verify(EvidenceBundle.parse(file), policy, trusted);
    out.printf(
        "valid     the evidence on request %s of %s to %s for %s: %s%n",
        verified.requestId(),
        verified.from(),
        verified.to(),
        verified.purpose(),
        verified.outcome().orElse("no answer came"));
    verified.checks().forEach(check -> out.println("checked   " + check));
  }

  private static VerifiedCheckpoint checkpoint(byte[] file, Policy policy) throws ProofException {
    try {
      return policy.verify(Note.parse(file));
    } catch (NoteException e) {
      throw new ProofException("neither proof, checkpoint nor evidence: " + e.getMessage(), e);
    }
  }

  private void verifyLog(TileSource source, VerifyOptions options, Policy policy)
      throws LogFault, IOException {
    LogExpectation expectation = LogExpectation.of(policy).prunedBelow(options.prunedBelow());
    Optional<Path> remember = options.remember();
    if (remember.isPresent() && Files.exists(remember.get())) {
      expectation = expectation.continuing(remembered(remember.get()));
    }
    if (options.notOlderThan().isPresent()) {
      expectation = expectation.notOlderThan(options.notOlderThan().get(), clock.instant());
    }
    VerifiedCheckpoint verified = LogVerifier.verify(source, expectation);
    out.println("valid     the log of " + told(verified));
    out.println(
        "checked   signatures, every entry%s, every tile, the root%s"
            .formatted(
                options.prunedBelow() > 0 ? " from " + options.prunedBelow() + " on" : "",
                expectation.remembered().isPresent()
                    ? ", that it continues what was remembered"
                    : ""));
    if (remember.isPresent()) {
      keep(source, remember.get(), verified.checkpoint().size());
    }
  }

  private static void keep(TileSource source, Path file, long size) throws IOException {
    byte[] note =
        source.read("checkpoint").orElseThrow(() -> new IOException("the checkpoint is gone"));
    // What came after the verification was not verified.
    if (parse(file, note).size() == size) {
      Files.write(file, note);
    }
  }

  private static Checkpoint remembered(Path file) throws IOException {
    return parse(file, read(file));
  }

  private static Checkpoint parse(Path file, byte[] note) throws IOException {
    try {
      return Checkpoint.parse(Note.parse(note).text());
    } catch (NoteException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private Policy policy(VerifyOptions options) throws IOException, VerifyOptions.WrongCommandLine {
    Path file =
        options
            .policy()
            .or(defaults::policy)
            .orElseThrow(
                () -> new VerifyOptions.WrongCommandLine("name the logs to believe with --policy"));
    try {
      return PolicyFile.parse(read(file));
    } catch (PolicyException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private HttpClient client(VerifyOptions options) throws IOException {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    Optional<Path> authorities =
        options.authorities().or(() -> defaults.authorities().filter(Files::isReadable));
    if (authorities.isPresent()) {
      client.sslContext(TrustedTls.trusting(authorities.get()));
    }
    return client.build();
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("there is no file or folder " + file);
    }
    if (Files.size(file) > EvidenceBundle.MAXIMUM_LENGTH) {
      throw new IOException(file + " is longer than anything that is verified here");
    }
    return Files.readAllBytes(file);
  }

  private void tell(VerifiedCheckpoint verified) {
    out.println("valid     a checkpoint of " + told(verified));
    out.println("checked   signature of the log" + cosigners(verified.cosigners()));
  }

  private void tell(VerifiedEntry verified) {
    out.printf(
        "valid     the receipt proves entry %d of %s%n", verified.index(), verified.origin());
    out.printf(
        "checked   signature of the log%s, inclusion in its tree of %d entries%n",
        cosigners(verified.cosigners()), verified.treeSize());
    out.println("entry     " + new String(verified.entry(), StandardCharsets.UTF_8));
  }

  private static String cosigners(List<String> names) {
    return names.isEmpty() ? "" : ", cosignatures of " + String.join(", ", names);
  }

  private static String told(VerifiedCheckpoint verified) {
    return "%s, %d entries%s%s"
        .formatted(
            verified.checkpoint().origin(),
            verified.checkpoint().size(),
            verified.cosigners().isEmpty()
                ? ""
                : ", cosigned by " + String.join(", ", verified.cosigners()),
            verified.cosignedAt().map(at -> " at " + at).orElse(""));
  }
}
