package org.mekong.log.tile;

import java.io.IOException;
import java.util.Optional;

/** Where the static resources of a log are read from. */
@FunctionalInterface
public interface TileSource {
  /** The longest resource that is read: a bundle of 256 entries of 65,535 bytes. */
  int MAXIMUM_LENGTH = TilePath.FULL_WIDTH * (EntryBundle.MAXIMUM_ENTRY_LENGTH + 2);

  /**
   * A resource.
   *
   * @param path beneath the prefix of the log
   * @return empty when it does not exist
   */
  Optional<byte[]> read(String path) throws IOException;
}
