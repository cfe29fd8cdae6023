package org.mekong.registry.vitalevent.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/** Three who live in a village, and whether an event is refused there by its rule. */
abstract class Villagers {

  Village village = new Village(Nation.VN, 1);
  UUID hoa = UUID.randomUUID();
  UUID nam = hoa;
  UUID long1 = hoa;

  @BeforeEach
  void settle() {
    village = new Village(Nation.VN, 1);
    hoa = village.enter("Hoa", Sex.FEMALE, "1980-03-08");
    nam = village.enter("Nam", Sex.MALE, "1978-01-01");
    long1 = village.enter("Long", Sex.MALE, "1979-01-01");
  }

  final Registration marry(UUID one, UUID other, String on) {
    return village.register(marriage(one, other), on);
  }

  static VitalEvent marriage(UUID one, UUID other) {
    return new VitalEvent.Marriage(Party.of(one), Party.of(other));
  }

  final void refused(
      VitalEvent event, String on, @Nullable String field, @Nullable String rule, int status) {
    int before = village.ledger.events().size();
    HttpProblem refused = assertThrows(HttpProblem.class, () -> village.register(event, on));
    holds(refused, field, rule, status);
    assertEquals(before, village.ledger.events().size(), "nothing is registered");
  }

  static void holds(
      HttpProblem refused, @Nullable String field, @Nullable String rule, int status) {
    assertEquals(status, refused.getStatusCode(), () -> String.valueOf(refused.getDetail()));
    if (field != null) {
      Object violations = refused.getParameters().get("violations");
      boolean found =
          violations instanceof List<?> list
              && list.stream()
                  .map(Violation.class::cast)
                  .anyMatch(v -> v.field().equals(field) && v.rule().equals(rule));
      assertTrue(found, field + " " + rule + " in " + violations);
    }
  }

  final Person person(UUID id) {
    Person person = village.documents().get(id);
    if (person == null) {
      throw new AssertionError("nobody");
    }
    return person;
  }

  final MaritalStatus status(UUID id) {
    return person(id).particulars().maritalStatus();
  }
}
