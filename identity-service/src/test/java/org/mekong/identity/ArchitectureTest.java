package org.mekong.identity;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mekong.identity.access.RequiresScope;

@AnalyzeClasses(
    packages = "org.mekong.identity",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  @ArchTest
  static final ArchRule FEATURES_DO_NOT_DEPEND_IN_CIRCLES =
      slices().matching("org.mekong.identity.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule FEATURES_DO_NOT_NEED_THE_START =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.mekong.identity.startup")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.mekong.identity.startup");

  @ArchTest
  static final ArchRule NO_OTHER_SERVICE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.mekong.registry..", "org.mekong.gateway..");

  @ArchTest
  static final ArchRule EVERY_ENDPOINT_SAYS_WHO_MAY_CALL_IT =
      methods()
          .that(
              new DescribedPredicate<JavaMethod>("answer requests") {
                @Override
                public boolean test(JavaMethod method) {
                  return method.isMetaAnnotatedWith(HttpMethod.class);
                }
              })
          .should(
              new ArchCondition<JavaMethod>("say who may call them") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  boolean says =
                      method.isAnnotatedWith(RequiresScope.class)
                          || method.getOwner().isAnnotatedWith(RequiresScope.class);
                  events.add(new SimpleConditionEvent(method, says, method.getFullName()));
                }
              });

  @Test
  void filesAndPackagesStaySmall() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      List<Path> long400 = sources.stream().filter(file -> lines(file) > 400).toList();
      Map<Path, Long> full =
          sources.stream()
              .filter(file -> !file.endsWith("package-info.java"))
              .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
      full.values().removeIf(count -> count <= 15);

      assertEquals(List.of(), long400);
      assertEquals(Map.of(), full);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
