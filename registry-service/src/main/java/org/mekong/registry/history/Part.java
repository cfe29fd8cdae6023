package org.mekong.registry.history;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mekong.registry.person.PersonField;

/** The parts of a person that are read on their own, each of some of the person's fields. */
enum Part {
  NAMES(PersonField.NAMES),
  IDENTIFIERS(PersonField.PERSONAL_NUMBER, PersonField.EARLIER_NUMBERS),
  RESIDENCES(
      PersonField.PERMANENT_RESIDENCE,
      PersonField.TEMPORARY_RESIDENCE,
      PersonField.CURRENT_ABODE,
      PersonField.TEMPORARY_ABSENCE),
  RELATIONSHIPS(
      PersonField.PARENTS,
      PersonField.SPOUSE,
      PersonField.CHILDREN,
      PersonField.LEGAL_REPRESENTATIVE,
      PersonField.GUARDIANS),
  HOUSEHOLD(PersonField.HOUSEHOLD),
  NATIONALITIES(PersonField.NATIONALITIES),
  MARITAL_STATUS(PersonField.MARITAL_STATUS),
  LIFE_STATUS(PersonField.LIFE_STATUS);

  private final Set<PersonField> fields;

  Part(PersonField... fields) {
    this.fields = Collections.unmodifiableSet(EnumSet.copyOf(List.of(fields)));
  }

  /** The fields that the part is made of. */
  Set<PersonField> fields() {
    return fields;
  }
}
