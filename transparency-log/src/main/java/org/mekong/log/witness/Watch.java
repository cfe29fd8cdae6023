package org.mekong.log.witness;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.PolicyException;
import org.mekong.log.verify.PolicyFile;

/**
 * By whom a log is watched.
 *
 * @param policy the witnesses, with their URLs, and how many of them are enough
 * @param client with the TLS settings that these URLs ask for
 * @param limit for how long the log may stay uncosigned
 */
public record Watch(Policy policy, HttpClient client, Duration limit) {
  public Watch {
    for (Policy.Witness witness : policy.witnesses()) {
      if (witness.url().isEmpty()) {
        throw new IllegalArgumentException(
            "the policy names no URL for the witness " + witness.name());
      }
    }
  }

  /**
   * A watch by configuration.
   *
   * @param property that names the file, for messages
   * @param policyFile a C2SP tlog-policy file; absent: the log has no witnesses
   * @throws IllegalStateException naming the property and what is wrong with the file
   */
  public static Watch of(
      String property, Optional<Path> policyFile, HttpClient client, Duration limit) {
    if (policyFile.isEmpty()) {
      return new Watch(Policy.ofLogs(), client, limit);
    }
    Path file = policyFile.get();
    try {
      return new Watch(PolicyFile.parse(Files.readAllBytes(file)), client, limit);
    } catch (IOException e) {
      throw new IllegalStateException(property + ": cannot read " + file + " (" + e + ")", e);
    } catch (PolicyException | IllegalArgumentException e) {
      throw new IllegalStateException(property + ": " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether there is a witness at all. */
  public boolean hasWitnesses() {
    return !policy.witnesses().isEmpty();
  }
}
