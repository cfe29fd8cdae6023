package org.mekong.identity.journal;

import java.util.List;
import java.util.Optional;
import org.mekong.log.LogResource;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.tile.EntryBundle;
import org.mekong.log.tile.TilePath;

/** Reads entries back from the log's own bundles. */
final class LogPages {
  private LogPages() {}

  static List<byte[]> entriesFrom(TransparencyLog log, long index) {
    Optional<TilePath> path =
        TilePath.entries(Math.floorDiv(index, TilePath.FULL_WIDTH), size(log));
    if (path.isEmpty()) {
      return List.of();
    }
    Optional<LogResource> bundle = log.read(path.get().toString());
    List<byte[]> entries =
        bundle
            .flatMap(found -> EntryBundle.parse(found.bytes(), path.get().width()))
            .orElse(List.of());
    int skipped = (int) Math.floorMod(index, (long) TilePath.FULL_WIDTH);
    return skipped >= entries.size() ? List.of() : entries.subList(skipped, entries.size());
  }

  private static long size(TransparencyLog log) {
    try {
      return Checkpoint.parse(Note.parse(log.signedCheckpoint()).text()).size();
    } catch (NoteException impossible) {
      throw new IllegalStateException("the log's own checkpoint", impossible);
    }
  }
}
