package org.mekong.webhooks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
    packages = "org.mekong.webhooks",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.mekong.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_MECHANISM_IS_USED =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.mekong.webhooks..", "java..", "javax..", "io.vertx..", "org.jspecify..");

  @Test
  void noFileIsLongerThan400LinesAndNoPackageHasMoreThan15Files() throws IOException {
    try (Stream<Path> walk = Files.walk(SOURCES)) {
      List<Path> files = walk.filter(file -> file.toString().endsWith(".java")).toList();
      for (Path file : files) {
        long lines = Files.readAllLines(file).size();
        assertTrue(lines <= 400, file + " has " + lines + " lines");
      }
      Map<Path, Long> sizes =
          files.stream().collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
      sizes.forEach((folder, count) -> assertTrue(count <= 15, folder + " has " + count));
    }
  }
}
