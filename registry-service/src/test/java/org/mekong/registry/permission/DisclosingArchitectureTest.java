package org.mekong.registry.permission;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.reading.past.Pasts;

/**
 * That personal data leaves through operations that are marked, and no other way: told from the
 * calls that each operation can lead to.
 */
class DisclosingArchitectureTest {

  /**
   * Operations that look at persons to change them, or to compare them, and give back nothing of
   * what they looked at but keys of those whom the caller named.
   */
  private static final Set<String> LOOK_AND_GIVE_NOTHING =
      Set.of(
          "CheckResource.start",
          "DuplicateResource.decide",
          "EventResource.annul",
          "EventResource.correct",
          "EventResource.register",
          "PersonEventResource.register",
          "PersonResource.register");

  private static final Set<Class<?>> SOURCES = Set.of(People.class, Timelines.class, Pasts.class);

  private static JavaClasses classes = new ClassFileImporter().importClasses();
  private static Set<JavaMethod> operations = Set.of();

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mekong.registry");
    operations =
        classes.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(
                method ->
                    method.getAnnotations().stream()
                        .anyMatch(a -> a.getRawType().isAnnotatedWith(HttpMethod.class)))
            .collect(Collectors.toSet());
  }

  @Test
  void exactlyTheOperationsThatAskForPermissionAreMarked() {
    assertTrue(operations.size() > 40, operations.size() + " operations");
    Set<String> asking = new TreeSet<>();
    for (JavaMethod operation : operations) {
      if (leadsTo(operation, Permissions.class) || leadsTo(operation, DisclosureDesk.class)) {
        asking.add(name(operation));
      }
    }
    assertEquals(marked(), asking);
  }

  @Test
  void whoeverCanLookAtPersonsIsMarkedOrGivesNothing() {
    Set<String> looking = new TreeSet<>();
    for (JavaMethod operation : operations) {
      if (SOURCES.stream().anyMatch(source -> leadsTo(operation, source))) {
        looking.add(name(operation));
      }
    }
    looking.removeAll(marked());
    assertEquals(new TreeSet<>(LOOK_AND_GIVE_NOTHING), looking);
  }

  @Test
  void aMarkedOperationIsForNamedRoles() {
    List<String> open =
        operations.stream()
            .filter(operation -> operation.isAnnotatedWith(Disclosing.class))
            .filter(operation -> !operation.isAnnotatedWith(RolesAllowed.class))
            .map(DisclosingArchitectureTest::name)
            .toList();
    assertEquals(List.of(), open);
  }

  @Test
  void onlyPermissionsAdmitAndOnlyTheFilterOpensThem() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Permissions.class.getName())
        .should()
        .callConstructorWhere(
            com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                    com.tngtech.archunit.base.DescribedPredicate.describe(
                        "an Enquiry", type -> type.isEquivalentTo(Enquiry.class)))))
        .check(classes);
    Set<String> openers =
        classes.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().isEquivalentTo(Permissions.class))
            .filter(call -> call.getName().equals("open"))
            .map(call -> call.getOriginOwner().getSimpleName())
            .collect(Collectors.toSet());
    assertEquals(Set.of(DisclosingFilter.class.getSimpleName()), openers);
  }

  private static Set<String> marked() {
    return operations.stream()
        .filter(operation -> operation.isAnnotatedWith(Disclosing.class))
        .map(DisclosingArchitectureTest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(JavaMethod operation) {
    return operation.getOwner().getSimpleName() + "." + operation.getName();
  }

  /** Whether a method of a class can be called in the course of an operation. */
  private static boolean leadsTo(JavaMethod operation, Class<?> type) {
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> next = new ArrayDeque<>(Set.of(operation));
    while (!next.isEmpty()) {
      JavaCodeUnit unit = next.pop();
      if (unit.getOwner().isEquivalentTo(type) && !unit.equals(operation)) {
        return true;
      }
      if (seen.add(unit)) {
        targets(unit).forEach(next::push);
      }
    }
    return false;
  }

  private static Stream<JavaCodeUnit> targets(JavaCodeUnit unit) {
    return Stream.concat(
            unit.getCallsFromSelf().stream(), unit.getCodeUnitReferencesFromSelf().stream())
        .map(DisclosingArchitectureTest::resolved)
        .flatMap(Set::stream);
  }

  private static Set<JavaCodeUnit> resolved(
      JavaAccess<? extends com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget>
          access) {
    Set<JavaCodeUnit> units = new HashSet<>();
    JavaClass owner = access.getTargetOwner();
    if (!owner.getPackageName().startsWith("org.mekong.registry")) {
      return units;
    }
    access.getTarget().resolveMember().ifPresent(units::add);
    for (JavaClass heir : owner.getAllSubclasses()) {
      heir.getMethods().stream()
          .filter(method -> method.getName().equals(access.getName()))
          .forEach(units::add);
    }
    return units;
  }
}
