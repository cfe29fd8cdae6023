package org.mekong.local.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
public final class Folders {
  private Folders() {}

  /**
   * Deletes a folder that a start of ours made, with all that is in it; anything else is refused.
   */
  public static void delete(Path folder) throws IOException, StartException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.exists(folder.resolve("complete"))) {
      throw new StartException(folder + " was not made by deploy/local/up: it is not removed.");
    }
    Database.stopLeftover(folder.resolve("postgres"));
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
