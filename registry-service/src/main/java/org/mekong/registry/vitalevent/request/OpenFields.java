package org.mekong.registry.vitalevent.request;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.declaration.DeclarationReader;

/** The fields that a change of particulars may name. */
final class OpenFields {

  private static final Set<PersonField> OPEN =
      EnumSet.of(
          PersonField.HOMETOWN,
          PersonField.ETHNICITY,
          PersonField.RELIGION,
          PersonField.BLOOD_GROUP,
          PersonField.CONTACT,
          PersonField.PHOTO_REFERENCE);

  private OpenFields() {}

  static Set<PersonField> read(@Nullable List<@Nullable String> fields, DeclarationReader reader) {
    Set<PersonField> named = EnumSet.noneOf(PersonField.class);
    List<String> given = reader.needList("fields", fields);
    for (int i = 0; i < given.size(); i++) {
      PersonField field =
          reader
              .violations()
              .need(
                  "fields[" + i + "]",
                  given.get(i),
                  "known-code",
                  "is no field that this event changes",
                  code -> PersonField.ofCode(code).filter(OPEN::contains));
      if (field != null && !named.add(field)) {
        reader.violations().add("fields[" + i + "]", "unique", "is given twice");
      }
    }
    return named;
  }
}
