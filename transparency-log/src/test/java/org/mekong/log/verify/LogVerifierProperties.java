package org.mekong.log.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.tile.FolderSource;

class LogVerifierProperties {
  private static MemoryLog shared;

  @BeforeContainer
  static void makeLog() {
    shared = new MemoryLog(600);
  }

  @Property(tries = 30)
  void aLogOfAnySizeVerifies(@ForAll @IntRange(min = 0, max = 1_200) int size) throws Exception {
    MemoryLog log = new MemoryLog(size);
    VerifiedCheckpoint verified = LogVerifier.verify(log, LogExpectation.of(log.policy));
    assertEquals(size, verified.checkpoint().size());
    assertEquals(List.of("LA"), verified.cosigners());
  }

  @Property(tries = 1_500)
  void everyChangedByteOfATileBundleOrCheckpointIsRefused(
      @ForAll @IntRange(max = 1_000) int file,
      @ForAll @IntRange(max = 100_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    Map<String, byte[]> files = new TreeMap<>(shared.files);
    String path = new ArrayList<>(files.keySet()).get(file % files.size());
    byte[] changed = files.get(path).clone();
    changed[place % changed.length] ^= (byte) change;
    files.put(path, changed);

    assertThrows(
        LogFault.class,
        () ->
            LogVerifier.verify(
                wanted -> Optional.ofNullable(files.get(wanted)), LogExpectation.of(shared.policy)),
        path);
  }

  @Property(tries = 20)
  void everyMissingFileIsNoticed(@ForAll @IntRange(max = 1_000) int file) {
    Map<String, byte[]> files = new TreeMap<>(shared.files);
    files.remove(new ArrayList<>(files.keySet()).get(file % files.size()));

    assertThrows(
        LogFault.class,
        () ->
            LogVerifier.verify(
                wanted -> Optional.ofNullable(files.get(wanted)),
                LogExpectation.of(shared.policy)));
  }

  @Example
  void aLogInAFolderVerifiesAgainstARememberedCheckpoint() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "log");
    write(folder);
    LogExpectation expectation = LogExpectation.of(shared.policy);

    Checkpoint checkpoint = LogVerifier.verify(new FolderSource(folder), expectation).checkpoint();

    LogVerifier.verify(new FolderSource(folder), expectation.continuing(checkpoint));
    Checkpoint other = new Checkpoint(MemoryLog.ORIGIN, 300, new byte[32]);
    LogFault fork =
        assertThrows(
            LogFault.class,
            () -> LogVerifier.verify(new FolderSource(folder), expectation.continuing(other)));
    assertEquals(LogFault.Kind.FORK, fork.kind());
    assertTrue(fork.getMessage().contains("first 300 entries"), fork.getMessage());
  }

  private static void write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : shared.files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }
}
