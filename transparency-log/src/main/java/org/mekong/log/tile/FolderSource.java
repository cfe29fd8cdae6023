package org.mekong.log.tile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A log that lies in a folder, file by file as it is served. */
public record FolderSource(Path folder) implements TileSource {
  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Path file = folder.resolve(path);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > MAXIMUM_LENGTH) {
      throw new IOException(path + " is longer than any resource of a log");
    }
    return Optional.of(Files.readAllBytes(file));
  }
}
