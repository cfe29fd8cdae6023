package org.mekong.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
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
    description =
        "Checks a receipt, offline: says what was checked, or the first thing that is wrong.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "a receipt, a C2SP tlog-proof file")
  private Path file = Path.of("");

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "the log keys to believe, a C2SP tlog-policy file; default: the registry office's")
  private @Nullable Path policy;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path keys = policy == null ? Mekong.dataFolder().resolve("VN/clients/policy.txt") : policy;
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Policy believed = LogKeys.policy(keys);
    try {
      VerifiedEntry entry =
          ProofVerifier.verify(Files.readString(file, StandardCharsets.UTF_8), believed);
      out.println("valid     the receipt proves entry " + entry.index() + " of " + entry.origin());
      out.println("entry     " + new String(entry.entry(), StandardCharsets.UTF_8));
      return 0;
    } catch (ProofException e) {
      out.println("NOT VALID " + e.getMessage());
      return Mekong.NOT_VALID;
    }
  }
}
