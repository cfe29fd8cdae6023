package org.mekong.identity.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import org.mekong.identity.NodeConfig;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;

/** Reads the log's key from its file, or makes one where that is allowed. */
final class LogKey {
  private LogKey() {}

  static NoteSigner read(NodeConfig node, JournalConfig config, Clock clock) {
    String prefix = node.nation().toLowerCase(Locale.ROOT) + ".mekong.example/identity/";
    Path file = config.keyFile();
    try {
      if (Files.notExists(file) && config.generateKey()) {
        write(file, NoteSigner.generate(prefix + clock.instant().atZone(ZoneOffset.UTC).getYear()));
      }
      NoteSigner signer = NoteSigner.parse(Files.readString(file).strip());
      if (!signer.name().matches(java.util.regex.Pattern.quote(prefix) + "[0-9]{4}")) {
        throw new IllegalStateException(
            "identity.log.key-file: the key's name must be " + prefix + "<year>");
      }
      return signer;
    } catch (NoteException malformed) {
      throw new IllegalStateException("identity.log.key-file: not a log key", malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("identity.log.key-file: cannot be read", unreadable);
    }
  }

  private static void write(Path file, NoteSigner signer) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, signer.encoded() + "\n", StandardOpenOption.WRITE);
    Files.move(draft, file);
  }
}
