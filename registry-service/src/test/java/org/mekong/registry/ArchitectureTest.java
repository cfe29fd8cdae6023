package org.mekong.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
    packages = "org.mekong.registry",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final Path SOURCES = Path.of("src/main/java/org/mekong/registry");
  private static final int LONGEST_FILE = 400;
  private static final int MOST_FILES = 15;

  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("org.mekong.registry.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theDomainKnowsNoFramework =
      noClasses()
          .that()
          .resideInAnyPackage("..name..", "..person.change..", "..residence..", "..relationship..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "jakarta..", "java.sql..", "com.fasterxml..");

  @ArchTest
  static final ArchRule resourcesHoldNoStatementsAboutPersons =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Resource")
          .and()
          .resideInAnyPackage("..person..", "..reading..", "..verification..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Connection");

  @ArchTest
  static final ArchRule nobodyNamesTheBadWay =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Service)");

  @Test
  void filesAndPackagesStaySmall() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertEquals(List.of(), sources.stream().filter(file -> lines(file) > LONGEST_FILE).toList());
      assertEquals(
          List.of(),
          sources.stream()
              .map(Path::getParent)
              .distinct()
              .filter(
                  folder ->
                      sources.stream().filter(f -> f.getParent().equals(folder)).count()
                          > MOST_FILES)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
