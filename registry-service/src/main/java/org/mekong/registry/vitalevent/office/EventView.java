package org.mekong.registry.vitalevent.office;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.residence.Place;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/**
 * An event on the wire: the members of its request, without what needs a permission of its own
 * (ethnicity, religion, blood group, causes of death) and without ways to reach people.
 *
 * @param roles what each of those touched was in the event
 * @param takenBackBy the event that corrected, annulled or split this one
 */
record EventView(
    RegisteredEvent registered,
    Map<UUID, String> roles,
    Optional<RegisteredEvent> takenBackBy,
    boolean familyNameFirst) {

  Map<String, Object> members(OptionalLong daysLate) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", registered.id());
    members.put("type", registered.event().type());
    members.put("recordedAt", registered.recordedAt());
    put(members, "supersedes", registered.supersedes());
    takenBackBy.ifPresent(by -> members.put("supersededBy", by.id()));
    members.put("stands", takenBackBy.isEmpty());
    daysLate.ifPresent(days -> members.put("daysLate", days));
    members.put("circumstances", circumstances(registered.circumstances()));
    members.put(
        "persons",
        registered.persons().stream()
            .map(id -> Map.of("personId", id, "role", roles.getOrDefault(id, "person")))
            .toList());
    members.put("event", event(registered.event()));
    return members;
  }

  private static Map<String, Object> circumstances(Circumstances of) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("occurredOn", of.occurredOn().toString());
    members.put("registeredOn", of.registeredOn().toString());
    put(members, "occurredAt", place(of.occurredAt()));
    members.put("office", of.office());
    members.put("registrar", of.registrar());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", of.document().kind());
    document.put("number", of.document().number());
    put(document, "issuedOn", of.document().issuedOn());
    put(document, "issuer", of.document().issuer());
    members.put("document", document);
    return members;
  }

  private Map<String, Object> event(VitalEvent event) {
    Map<String, Object> members = new LinkedHashMap<>();
    switch (event) {
      case VitalEvent.LiveBirth birth -> {
        members.put("child", particulars(birth.child()));
        put(members, "mother", party(birth.mother()));
        put(members, "father", party(birth.father()));
      }
      case VitalEvent.Death(UUID deceased, String cause) -> members.put("deceased", deceased);
      case VitalEvent.FoetalDeath death -> {
        members.put("mother", death.mother());
        put(members, "gestationWeeks", death.gestationWeeks());
        put(members, "sex", death.sex() == null ? null : death.sex().code());
      }
      case VitalEvent.Marriage(Party one, Party other) -> spouses(members, one, other);
      case VitalEvent.Divorce(Party one, Party other) -> spouses(members, one, other);
      case VitalEvent.MarriageAnnulment(Party one, Party other) -> spouses(members, one, other);
      case VitalEvent.JudicialSeparation(Party one, Party other) -> spouses(members, one, other);
      case VitalEvent.Adoption adoption -> {
        members.put("child", adoption.child());
        members.put("parents", adoption.parents().stream().map(EventView::party).toList());
        put(members, "names", adoption.names() == null ? null : names(adoption.names()));
      }
      case VitalEvent.Legitimation(UUID child, Party father, Party mother) -> {
        members.put("child", child);
        put(members, "father", party(father));
        put(members, "mother", party(mother));
      }
      case VitalEvent.Recognition recognition -> {
        members.put("child", recognition.child());
        put(members, "parent", party(recognition.parent()));
        members.put("as", recognition.paternal() ? "father" : "mother");
      }
      case VitalEvent.NameChange change -> {
        members.put("person", change.person());
        members.put("names", names(change.names()));
      }
      case VitalEvent.SexCorrection correction -> {
        members.put("person", correction.person());
        members.put("sex", correction.sex().code());
      }
      case VitalEvent.ResidenceChange move -> {
        members.put("persons", move.persons().stream().map(EventView::mover).toList());
        members.put("kind", move.kind().code());
        put(members, "to", place(move.to()));
        put(members, "household", move.household());
      }
      case VitalEvent.HouseholdChange change -> {
        members.put("person", change.person());
        put(members, "household", household(change.household()));
      }
      case VitalEvent.NationalityChange change -> {
        members.put("person", change.person());
        members.put("acquired", change.acquired().stream().sorted().toList());
        members.put("lost", change.lost().stream().sorted().toList());
      }
      case VitalEvent.DeclaredMissing(UUID person) -> members.put("person", person);
      case VitalEvent.Found(UUID person) -> members.put("person", person);
      case VitalEvent.Guardianship guardianship -> {
        members.put("ward", guardianship.ward());
        put(members, "guardian", party(guardianship.guardian()));
        members.put("ended", guardianship.ended());
        members.put("incapable", guardianship.incapable());
      }
      case VitalEvent.ParticularsChange change -> {
        members.put("person", change.person());
        members.put("fields", change.fields().stream().map(PersonField::code).sorted().toList());
      }
      case VitalEvent.ProtectionChange change -> {
        members.put("person", change.person());
        members.put("withheld", change.withheld());
      }
      case VitalEvent.FirstRegistration first -> members.put("person", particulars(first.person()));
      case VitalEvent.NumberReplacement replacement -> {
        members.put("person", replacement.person());
        members.put("reason", replacement.reason());
      }
      case VitalEvent.Merge merge -> {
        members.put("survivor", merge.survivor());
        members.put("duplicate", merge.duplicate());
        put(members, "confirmed", merge.confirmed());
      }
      case VitalEvent.Split(UUID merge) -> members.put("merge", merge);
      case VitalEvent.Correction correction -> {
        members.put("corrects", correction.event());
        members.put("type", correction.replacement().type());
        members.put("replacement", event(correction.replacement()));
      }
      case VitalEvent.EventAnnulment annulment -> {
        members.put("annuls", annulment.event());
        members.put("reason", annulment.reason());
      }
    }
    return members;
  }

  private Map<String, Object> particulars(Particulars of) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("names", names(of.names()));
    members.put("dateOfBirth", of.dateOfBirth().toString());
    members.put("sex", of.sex().code());
    put(members, "placeOfBirth", place(of.placeOfBirth()));
    members.put("placeOfBirthRegistration", of.placeOfBirthRegistration());
    return members;
  }

  private List<Map<String, Object>> names(List<PersonName> names) {
    return names.stream()
        .map(
            name -> {
              Map<String, Object> members = new LinkedHashMap<>();
              members.put("kind", name.kind().code());
              members.put("script", name.script().code());
              put(members, "family", name.family());
              put(members, "middle", name.middle());
              members.put("given", name.given());
              members.put("full", name.full(familyNameFirst));
              return members;
            })
        .toList();
  }

  private static void spouses(Map<String, Object> members, Party one, Party other) {
    members.put("spouses", List.of(told(one), told(other)));
  }

  private static @Nullable Map<String, Object> party(@Nullable Party party) {
    return party == null ? null : told(party);
  }

  private static Map<String, Object> told(Party party) {
    Map<String, Object> members = new LinkedHashMap<>();
    put(members, "personId", party.personId());
    put(members, "name", party.name());
    return members;
  }

  private static Map<String, Object> mover(VitalEvent.Mover mover) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("personId", mover.person());
    put(members, "relationToHead", mover.relationToHead());
    return members;
  }

  private static @Nullable Map<String, Object> household(@Nullable Household household) {
    return household == null
        ? null
        : Map.of("id", household.id(), "relationToHead", household.relationToHead());
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

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
