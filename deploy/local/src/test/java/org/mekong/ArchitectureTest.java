package org.mekong;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.SourceSizes;

@AnalyzeClasses(
    packages = {"org.mekong.client", "org.mekong.local", "org.mekong.portal"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.mekong.(**)").should().beFreeOfCycles();

  @Test
  void noFileIsLongerThan400LinesAndNoPackageHasMoreThan15Files() throws IOException {
    assertEquals(List.of(), SourceSizes.tooLarge(SOURCES));
  }
}
