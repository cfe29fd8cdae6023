package org.mekong.registry.permission.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.verification.Predicate;

/** What can be permitted is what can be asked. */
class AskableTest {

  @Test
  void everyStatementThatCanBeVerifiedCanBePermitted() {
    Set<String> verified =
        Arrays.stream(Predicate.class.getPermittedSubclasses())
            .map(type -> type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_"))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    assertEquals(verified, Askable.STATEMENTS);
  }

  @Test
  void everyFieldIsOrdinaryOrSensitive() {
    Set<String> fields = new HashSet<>(Askable.ORDINARY);
    fields.removeAll(Askable.STATEMENTS);
    for (PersonField field : PersonField.values()) {
      assertTrue(Askable.isKnown(field.code()), field.code());
      assertEquals(field.isSensitive(), Askable.SENSITIVE.contains(field.code()));
      assertEquals(!field.isSensitive(), fields.contains(field.code()));
    }
    assertFalse(Askable.isKnown("soul") || Askable.isKnown(Askable.WILDCARD));
  }
}
