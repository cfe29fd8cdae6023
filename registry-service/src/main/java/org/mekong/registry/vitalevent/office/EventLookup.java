package org.mekong.registry.vitalevent.office;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Permissions;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.vitalevent.book.EventTable;
import org.mekong.registry.vitalevent.book.RegisteredEvent;
import org.mekong.registry.vitalevent.rule.EventRules;

/** Gives out events for a purpose, with a trace on everyone whom they touched. */
@ApplicationScoped
public class EventLookup {

  private final People people;
  private final DisclosureDesk desk;
  private final Permissions permissions;
  private final EventRules rules;
  private final NationProfile profile;

  EventLookup(
      People people,
      DisclosureDesk desk,
      Permissions permissions,
      EventRules rules,
      NationProfile profile) {
    this.people = people;
    this.desk = desk;
    this.permissions = permissions;
    this.rules = rules;
    this.profile = profile;
  }

  /** Admits the question. */
  Enquiry admit(@Nullable String purpose) {
    return permissions.admit(
        Kind.READ, purpose, List.of(PersonField.VITAL_EVENTS.code()), null, null);
  }

  /** An event; nothing where there is none, or it touched somebody who is withheld. */
  Disclosed<Optional<Map<String, Object>>> read(Enquiry enquiry, UUID event) {
    return desk.give(enquiry, transaction -> look(transaction, event));
  }

  private Finding<Optional<Map<String, Object>>> look(Connection transaction, UUID event)
      throws SQLException {
    Optional<RegisteredEvent> found = EventTable.find(transaction, event);
    if (found.isEmpty()) {
      return new Finding<>(Optional.empty(), false, List.of(UUID.randomUUID()));
    }
    List<UUID> persons = found.get().persons();
    for (UUID id : persons) {
      Optional<Person> person = people.find(transaction, new People.Key.ById(id));
      if (person.filter(of -> of.particulars().withheld()).isPresent()) {
        return new Finding<>(Optional.empty(), false, persons);
      }
    }
    EventView view =
        new EventView(
            found.get(),
            EventTable.roles(transaction, found.get()),
            EventTable.takenBackBy(transaction, event),
            profile.familyNameFirst());
    return new Finding<>(
        Optional.of(view.members(rules.daysLate(found.get().event(), found.get().circumstances()))),
        true,
        persons);
  }
}
