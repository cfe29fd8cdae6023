package org.mekong.log.verify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.tile.EntryBundle;
import org.mekong.log.tile.GrowingTree;
import org.mekong.log.tile.TilePath;
import org.mekong.log.tile.TileSource;

/** A cosigned log of made-up entries, as the files it would be served as. */
public final class MemoryLog implements TileSource {
  static final String ORIGIN = "vn.mekong.example/gateway/2026";

  public final Map<String, byte[]> files = new HashMap<>();
  public final Policy policy;
  final Note checkpoint;
  private final List<byte[]> entries = new ArrayList<>();
  private final GrowingTree.Snapshot snapshot;

  public MemoryLog(int size) {
    this(ORIGIN, madeUp(size));
  }

  /** A log of these entries. */
  public MemoryLog(String origin, List<byte[]> logged) {
    int size = logged.size();
    entries.addAll(logged);
    NoteSigner signer = NoteSigner.generate(origin);
    Cosigner cosigner = Cosigner.generate("la.mekong.example/witness");
    GrowingTree tree = new GrowingTree();
    List<GrowingTree.FinishedTile> finished = new ArrayList<>();
    for (byte[] entry : logged) {
      tree.append(MerkleHash.leaf(entry), finished);
    }
    snapshot = tree.snapshot(finished);
    for (GrowingTree.FinishedTile tile : finished) {
      put(TilePath.hashes(tile.level(), tile.index(), size), tile.nodes().hashes(256));
    }
    for (int level = 0; level < tree.levels(); level++) {
      put(TilePath.hashes(level, size >>> (8 * (level + 1)), size), tree.unfinishedHashes(level));
    }
    for (int first = 0; first < size; first += 256) {
      List<byte[]> bundle = entries.subList(first, Math.min(size, first + 256));
      put(TilePath.entries(first / 256, size), EntryBundle.of(bundle));
    }
    String text = new Checkpoint(origin, size, tree.root()).text();
    Instant now = Instant.parse("2026-11-21T09:30:00Z");
    checkpoint = new Note(text, List.of(signer.sign(text), cosigner.cosign(text, now)));
    files.put("checkpoint", checkpoint.bytes());
    policy =
        new Policy(
            List.of(new Policy.Log(signer.verifierKey(), Optional.empty())),
            List.of(new Policy.Witness("LA", cosigner.verifierKey(), Optional.empty())),
            new Policy.Quorum.One("LA"));
  }

  private static List<byte[]> madeUp(int size) {
    List<byte[]> made = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      made.add(("{\"number\":" + i + "}").getBytes(StandardCharsets.UTF_8));
    }
    return made;
  }

  private void put(Optional<TilePath> path, byte[] bytes) {
    path.ifPresent(present -> files.put(present.toString(), bytes));
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  public String proof(int index) {
    List<byte[]> siblings = MerkleTree.inclusion(index, entries.size(), snapshot.tree());
    return new TlogProof(Optional.of(entries.get(index)), index, siblings, checkpoint).text();
  }
}
