package org.mekong.gateway;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house rules that a compiler does not know. */
class ArchitectureTest {

  private static final int LONGEST_FILE = 400;
  private static final int LARGEST_PACKAGE = 15;
  private static final Path MAIN = Path.of("src/main/java");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mekong.gateway");

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("org.mekong.gateway.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theEvaluatorKnowsNoFramework() {
    ArchRuleDefinition.noClasses()
        .that()
        .haveSimpleNameStartingWith("Evaluator")
        .or()
        .haveSimpleName("Decision")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "jakarta..", "com.fasterxml..", "java.sql..")
        .check(CLASSES);
  }

  @Test
  void whatIsForAgenciesNeedsTheScope() {
    ArchRuleDefinition.classes()
        .that()
        .resideInAPackage("org.mekong.gateway.lookup..")
        .and()
        .areAnnotatedWith(jakarta.ws.rs.Path.class)
        .should()
        .beAnnotatedWith(org.mekong.gateway.access.LookupScope.class)
        .check(CLASSES);
  }

  @Test
  void otherServicesAreNotUsed() {
    ArchRuleDefinition.noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mekong.registry..", "org.mekong.identity..")
        .check(CLASSES);
  }

  @Test
  void filesAndPackagesStaySmall() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      for (Path source : sources) {
        long lines = Files.readAllLines(source).size();
        assertTrue(lines <= LONGEST_FILE, source + " has " + lines + " lines");
      }
      sources.stream()
          .collect(Collectors.groupingBy(Path::getParent))
          .forEach(
              (folder, members) ->
                  assertTrue(
                      members.size() <= LARGEST_PACKAGE,
                      folder + " holds " + members.size() + " files"));
    }
  }
}
