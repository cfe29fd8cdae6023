package org.mekong.local.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheTest {

  private static final Instant BUILT = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void aServiceIsBuilt() throws IOException {
    jar = Files.createFile(folder.resolve("quarkus-run.jar"));
    Files.setLastModifiedTime(jar, FileTime.from(BUILT));
  }

  @Test
  void withoutACacheAServiceStartsAsItDid() throws IOException {
    assertEquals(List.of(), ClassCache.USED.options(jar));
  }

  @Test
  void aCacheNewerThanTheJarIsTakenWhereTheJdkCan() throws IOException {
    Path cache = cacheOf(BUILT.plusSeconds(60));
    assertEquals(
        ClassCache.possible() ? List.of("-XX:AOTCache=" + cache) : List.of(),
        ClassCache.USED.options(jar));
  }

  @Test
  void aCacheOfAnOlderBuildIsLeftOut() throws IOException {
    cacheOf(BUILT.minusSeconds(60));
    assertEquals(List.of(), ClassCache.USED.options(jar));
  }

  @Test
  void trainingWritesBesideTheJar() throws IOException {
    assertEquals(
        "-XX:AOTCacheOutput=" + folder.resolve("app.aot"),
        ClassCache.TRAINED.options(jar).getFirst());
    assertEquals(List.of(), ClassCache.LEFT_OUT.options(jar));
  }

  private Path cacheOf(Instant written) throws IOException {
    Path cache = Files.createFile(ClassCache.of(jar));
    Files.setLastModifiedTime(cache, FileTime.from(written));
    return cache;
  }
}
