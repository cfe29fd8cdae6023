package org.mekong.registry.household;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.reading.Page;
import org.mekong.registry.reading.PersonReader;
import org.mekong.registry.reading.past.Moment;

/** Reads households over the one desk: whoever is shown is told of in the log. */
@ApplicationScoped
class HouseholdReader {

  private final HouseholdMembers households;
  private final PersonReader reader;
  private final DisclosureDesk desk;

  HouseholdReader(HouseholdMembers households, PersonReader reader, DisclosureDesk desk) {
    this.households = households;
    this.reader = reader;
    this.desk = desk;
  }

  /** The members of a page. */
  Disclosed<Found> read(
      Enquiry enquiry, UUID household, Moment moment, Page page, Set<PersonField> fields) {
    Set<PersonField> shown = EnumSet.copyOf(fields);
    shown.remove(PersonField.HOUSEHOLD);
    return desk.give(
        enquiry,
        transaction -> {
          HouseholdMembers.Members members =
              households.find(transaction, household, moment, page.after(), page.limit() + 1);
          boolean more = members.shown().size() > page.limit();
          List<Person> persons = members.shown().stream().limit(page.limit()).toList();
          List<Map<String, Object>> views =
              persons.stream().map(person -> member(person, shown)).toList();
          List<UUID> subjects = new ArrayList<>(persons.stream().map(Person::id).toList());
          if (subjects.isEmpty()) {
            subjects.addAll(members.withheld());
          }
          if (subjects.isEmpty()) {
            subjects.add(UUID.randomUUID());
          }
          return new Finding<>(new Found(views, more), !views.isEmpty(), subjects);
        });
  }

  /** Members as they are shown, and whether there are more of them. */
  record Found(List<Map<String, Object>> members, boolean more) {
    Found {
      members = List.copyOf(members);
    }
  }

  private Map<String, Object> member(Person person, Set<PersonField> fields) {
    Map<String, Object> member = new LinkedHashMap<>();
    member.put("id", person.id());
    member.put(
        "relationToHead",
        Objects.requireNonNull(person.particulars().household()).relationToHead());
    member.putAll(reader.members(person, fields, PersonField::member));
    return member;
  }
}
