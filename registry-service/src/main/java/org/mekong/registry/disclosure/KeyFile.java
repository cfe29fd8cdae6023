package org.mekong.registry.disclosure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A secret in a file of one line, which only its owner reads. */
final class KeyFile {

  private KeyFile() {}

  /**
   * Reads the line, after making the file if that is allowed.
   *
   * @param property the property that names the file, for messages
   * @param generate whether a missing file is made
   */
  static String read(String property, Path file, boolean generate, Supplier<String> fresh) {
    try {
      if (!Files.exists(file)) {
        if (!generate) {
          throw new IllegalStateException(
              property
                  + ": there is no file "
                  + file
                  + " (registry.log.generate-key=true makes one, for trying out)");
        }
        write(file, fresh.get());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(property + ": cannot use " + file, e);
    }
  }

  private static void write(Path file, String secret) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret + "\n", StandardOpenOption.WRITE);
  }
}
