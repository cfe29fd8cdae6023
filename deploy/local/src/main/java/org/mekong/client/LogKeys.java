package org.mekong.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;

/** The logs that a user believes, as a file. */
final class LogKeys {
  private LogKeys() {}

  /**
   * Reads the {@code log} lines of a C2SP tlog-policy file.
   *
   * @throws IOException naming the line that is wrong
   */
  static Policy policy(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("no policy of log keys at " + file + ": name one with --policy");
    }
    int number = 0;
    java.util.List<VerifierKey> keys = new java.util.ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      number++;
      String[] words = line.strip().split("[ \t]+");
      if (words[0].equals("log") && words.length >= 2) {
        try {
          keys.add(VerifierKey.parse(words[1]));
        } catch (NoteException e) {
          throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    return Policy.ofLogs(keys.toArray(VerifierKey[]::new));
  }
}
