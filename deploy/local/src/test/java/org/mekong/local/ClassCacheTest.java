package org.mekong.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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
    assertThat(ClassCache.USED.options(jar)).isEmpty();
  }

  @Test
  void aCacheNewerThanTheJarIsTakenWhereTheJdkCan() throws IOException {
    Path cache = cacheOf(BUILT.plusSeconds(60));
    if (ClassCache.possible()) {
      assertThat(ClassCache.USED.options(jar)).containsExactly("-XX:AOTCache=" + cache);
    } else {
      assertThat(ClassCache.USED.options(jar)).isEmpty();
    }
  }

  @Test
  void aCacheOfAnOlderBuildIsLeftOut() throws IOException {
    cacheOf(BUILT.minusSeconds(60));
    assertThat(ClassCache.USED.options(jar)).isEmpty();
  }

  @Test
  void trainingWritesBesideTheJar() throws IOException {
    assertThat(ClassCache.TRAINED.options(jar))
        .containsExactly("-XX:AOTCacheOutput=" + folder.resolve("app.aot"));
    assertThat(ClassCache.LEFT_OUT.options(jar)).isEmpty();
  }

  private Path cacheOf(Instant written) throws IOException {
    Path cache = Files.createFile(ClassCache.of(jar));
    Files.setLastModifiedTime(cache, FileTime.from(written));
    return cache;
  }
}
