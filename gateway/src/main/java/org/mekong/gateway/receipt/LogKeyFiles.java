package org.mekong.gateway.receipt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;

/** Reads the key files of the log, and makes them where that is allowed. */
final class LogKeyFiles {

  private static final Logger LOG = Logger.getLogger(LogKeyFiles.class);
  private static final int KEY_BYTES = 32;

  private LogKeyFiles() {}

  /** The log's key. */
  static NoteSigner signer(LogConfig config, String origin) {
    Path file = config.keyFile();
    String property = "gateway.log.key-file";
    try {
      NoteSigner signer =
          NoteSigner.parse(
              text(property, file, config, () -> NoteSigner.generate(origin).encoded()));
      if (!signer.name().equals(origin)) {
        throw new IllegalStateException(
            "%s: %s is the key of %s, not of %s".formatted(property, file, signer.name(), origin));
      }
      return signer;
    } catch (NoteException e) {
      throw new IllegalStateException(property + ": " + file + " is no log key", e);
    }
  }

  /** The key that wraps what opens commitments. */
  static SecretKey keyEncryptionKey(LogConfig config) {
    Path file = config.keyEncryptionKeyFile();
    String property = "gateway.log.key-encryption-key-file";
    try {
      byte[] key = Base64.getDecoder().decode(text(property, file, config, LogKeyFiles::random));
      if (key.length != KEY_BYTES) {
        throw new IllegalStateException(property + ": " + file + " does not hold 32 bytes");
      }
      return new SecretKeySpec(key, "AES");
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(property + ": " + file + " is not base64", e);
    }
  }

  private static String text(
      String property, Path file, LogConfig config, Supplier<String> generator) {
    try {
      if (config.generateKey() && Files.notExists(file)) {
        generate(file, generator.get());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(
          property + ": cannot read or write " + file + " (" + e + ")", e);
    }
  }

  private static void generate(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    LOG.infof("Made a new key in %s", file);
  }

  private static String random() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
