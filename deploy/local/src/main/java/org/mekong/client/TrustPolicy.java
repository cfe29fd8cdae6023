package org.mekong.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.PolicyException;
import org.mekong.log.verify.PolicyFile;

/** The logs and witnesses that a user believes, as a C2SP tlog-policy file. */
final class TrustPolicy {
  private TrustPolicy() {}

  /**
   * Reads the file.
   *
   * @throws IOException naming the file and the line that is wrong
   */
  static Policy read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("no policy of log keys at " + file + ": name one with --policy");
    }
    try {
      return PolicyFile.parse(Files.readAllBytes(file));
    } catch (PolicyException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
