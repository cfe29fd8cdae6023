package org.mekong.log.year;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret in a file of one line, which only its owner reads.
 *
 * @param property the property that names the file, for messages
 * @param path of the file
 * @param generate whether it is made when it is absent; for trying out alone
 */
public record KeyFile(String property, Path path, boolean generate) {
  private static final int KEY_LENGTH = 32;

  /**
   * The key that wraps the keys of commitments: 32 bytes in base64.
   *
   * @throws IllegalStateException naming the property and what is wrong with the file
   */
  public SecretKey keyEncryptionKey() {
    String text =
        read(KeyFile::randomKey)
            .orElseThrow(() -> new IllegalStateException(property + ": there is no file " + path));
    try {
      byte[] key = Base64.getDecoder().decode(text);
      if (key.length != KEY_LENGTH) {
        throw new IllegalStateException(property + ": " + path + " does not hold 32 bytes");
      }
      return new SecretKeySpec(key, "AES");
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(property + ": " + path + " is not base64", e);
    }
  }

  /**
   * The line, after the file was made if it may be.
   *
   * @return empty when there is no file
   * @throws IllegalStateException naming the property, when the file cannot be read or made
   */
  Optional<String> read(Supplier<String> fresh) {
    try {
      if (Files.notExists(path)) {
        if (!generate) {
          return Optional.empty();
        }
        write(fresh.get());
      }
      return Optional.of(Files.readString(path).strip());
    } catch (IOException e) {
      throw new IllegalStateException(
          property + ": cannot read or write " + path + " (" + e + ")", e);
    }
  }

  private void write(String secret) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(
            folder,
            path.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, secret + "\n", StandardOpenOption.TRUNCATE_EXISTING);
      Files.createLink(path, draft); // whole or not at all, and never over another one's
    } catch (FileAlreadyExistsException e) {
      return; // somebody else has made it in this moment
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static String randomKey() {
    byte[] key = new byte[KEY_LENGTH];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
