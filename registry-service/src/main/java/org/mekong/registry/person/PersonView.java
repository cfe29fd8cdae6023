package org.mekong.registry.person;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * A person on the wire: the fields that somebody may see, in the order of {@link PersonField}. What
 * the register does not hold is left out, so that it looks like what may not be seen.
 */
public final class PersonView {

  private final Person person;
  private final boolean familyNameFirst;

  private PersonView(Person person, boolean familyNameFirst) {
    this.person = person;
    this.familyNameFirst = familyNameFirst;
  }

  /**
   * Chosen fields of a person.
   *
   * @param naming what a field is called in this document
   */
  public static Map<String, Object> of(
      Person person,
      boolean familyNameFirst,
      Set<PersonField> fields,
      Function<PersonField, String> naming) {
    PersonView view = new PersonView(person, familyNameFirst);
    Map<String, Object> members = new LinkedHashMap<>();
    for (PersonField field : PersonField.values()) {
      Object value = fields.contains(field) ? view.value(field) : null;
      if (value != null && !List.of().equals(value)) {
        members.put(naming.apply(field), value);
      }
    }
    return members;
  }

  private @Nullable Object value(PersonField field) {
    Particulars of = person.particulars();
    return switch (field) {
      case NAMES -> of.names().stream().map(this::name).toList();
      case PERSONAL_NUMBER -> person.personalNumber();
      case EARLIER_NUMBERS -> person.earlierNumbers();
      case DATE_OF_BIRTH -> of.dateOfBirth().toString();
      case SEX -> of.sex().code();
      case PLACE_OF_BIRTH -> place(of.placeOfBirth());
      case PLACE_OF_BIRTH_REGISTRATION -> of.placeOfBirthRegistration();
      case HOMETOWN -> place(of.hometown());
      case ETHNICITY -> of.ethnicity();
      case RELIGION -> of.religion();
      case NATIONALITIES -> of.nationalities();
      case BLOOD_GROUP -> of.bloodGroup();
      case MARITAL_STATUS -> of.maritalStatus().code();
      case PARENTS -> relatives(Relationship.Kind::isParent);
      case SPOUSE -> relatives(Relationship.Kind.SPOUSE::equals);
      case CHILDREN -> relatives(Relationship.Kind::isChild);
      case LEGAL_REPRESENTATIVE -> relatives(Relationship.Kind.LEGAL_REPRESENTATIVE::equals);
      case GUARDIANS ->
          relatives(kind -> kind == Relationship.Kind.GUARDIAN || kind == Relationship.Kind.WARD);
      case PERMANENT_RESIDENCE -> residence(Residence.Kind.PERMANENT);
      case TEMPORARY_RESIDENCE -> residence(Residence.Kind.TEMPORARY);
      case CURRENT_ABODE -> residence(Residence.Kind.CURRENT_ABODE);
      case TEMPORARY_ABSENCE -> residence(Residence.Kind.TEMPORARY_ABSENCE);
      case HOUSEHOLD -> household(of.household());
      case LIFE_STATUS -> life(of);
      case PHOTO_REFERENCE -> of.photoReference();
      case CONTACT -> contact(of.contact());
      case VITAL_EVENTS -> null; // read by the history
    };
  }

  private Map<String, Object> name(PersonName name) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", name.kind().code());
    members.put("script", name.script().code());
    put(members, "family", name.family());
    put(members, "middle", name.middle());
    members.put("given", name.given());
    members.put("full", name.full(familyNameFirst));
    return members;
  }

  private @Nullable Map<String, Object> residence(Residence.Kind kind) {
    return person.particulars().residences().stream()
        .filter(residence -> residence.kind() == kind)
        .findFirst()
        .map(residence -> place(residence.place()))
        .orElse(null);
  }

  private List<Map<String, Object>> relatives(Predicate<Relationship.Kind> kinds) {
    return person.particulars().relationships().stream()
        .filter(relationship -> kinds.test(relationship.kind()))
        .map(PersonView::relative)
        .toList();
  }

  private static Map<String, Object> relative(Relationship relationship) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("kind", relationship.kind().code());
    put(members, "personId", relationship.personId());
    put(members, "name", relationship.name());
    return members;
  }

  private static @Nullable Map<String, Object> place(@Nullable Place place) {
    if (place == null) {
      return null;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("country", place.country());
    put(members, "province", place.province());
    put(members, "text", place.text());
    return members;
  }

  private static @Nullable Map<String, Object> household(@Nullable Household household) {
    return household == null
        ? null
        : Map.of("id", household.id(), "relationToHead", household.relationToHead());
  }

  private static Map<String, Object> life(Particulars of) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("status", of.lifeStatus().code());
    put(members, "dateOfDeath", of.dateOfDeath() == null ? null : of.dateOfDeath().toString());
    return members;
  }

  private static @Nullable Map<String, Object> contact(@Nullable Contact contact) {
    if (contact == null) {
      return null;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    put(members, "phone", contact.phone());
    put(members, "email", contact.email());
    return members;
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
