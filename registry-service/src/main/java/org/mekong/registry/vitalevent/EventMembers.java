package org.mekong.registry.vitalevent;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which member of the request names a person, so that a refusal can name it. Pure. */
public final class EventMembers {

  private EventMembers() {}

  /** The members that name persons, by person. */
  public static Map<UUID, String> of(VitalEvent event) {
    Map<UUID, String> members = new HashMap<>();
    switch (event) {
      case VitalEvent.LiveBirth birth -> {
        put("mother", birth.mother(), members);
        put("father", birth.father(), members);
      }
      case VitalEvent.Death(UUID deceased, String cause) -> members.put(deceased, "deceased");
      case VitalEvent.FoetalDeath death -> members.put(death.mother(), "mother");
      case VitalEvent.Marriage(Party one, Party other) -> spouses(one, other, members);
      case VitalEvent.Divorce(Party one, Party other) -> spouses(one, other, members);
      case VitalEvent.MarriageAnnulment(Party one, Party other) -> spouses(one, other, members);
      case VitalEvent.JudicialSeparation(Party one, Party other) -> spouses(one, other, members);
      case VitalEvent.Adoption adoption -> {
        members.put(adoption.child(), "child");
        for (int i = 0; i < adoption.parents().size(); i++) {
          put("parents[" + i + "]", adoption.parents().get(i), members);
        }
      }
      case VitalEvent.Legitimation(UUID child, Party father, Party mother) -> {
        members.put(child, "child");
        put("father", father, members);
        put("mother", mother, members);
      }
      case VitalEvent.Recognition recognition -> {
        members.put(recognition.child(), "child");
        put("parent", recognition.parent(), members);
      }
      case VitalEvent.ResidenceChange move -> {
        for (int i = 0; i < move.persons().size(); i++) {
          members.put(move.persons().get(i).person(), "persons[" + i + "]");
        }
      }
      case VitalEvent.Guardianship guardianship -> {
        members.put(guardianship.ward(), "ward");
        put("guardian", guardianship.guardian(), members);
      }
      case VitalEvent.FirstRegistration first -> {
        for (int i = 0; i < first.person().relationships().size(); i++) {
          UUID relative = first.person().relationships().get(i).personId();
          if (relative != null) {
            members.put(relative, "relationships[" + i + "].personId");
          }
        }
      }
      case VitalEvent.Merge merge -> {
        members.put(merge.survivor(), "survivor");
        members.put(merge.duplicate(), "duplicate");
      }
      case VitalEvent.NameChange change -> members.put(change.person(), "person");
      case VitalEvent.SexCorrection correction -> members.put(correction.person(), "person");
      case VitalEvent.HouseholdChange change -> members.put(change.person(), "person");
      case VitalEvent.NationalityChange change -> members.put(change.person(), "person");
      case VitalEvent.DeclaredMissing(UUID person) -> members.put(person, "person");
      case VitalEvent.Found(UUID person) -> members.put(person, "person");
      case VitalEvent.ParticularsChange change -> members.put(change.person(), "person");
      case VitalEvent.ProtectionChange change -> members.put(change.person(), "person");
      case VitalEvent.NumberReplacement change -> members.put(change.person(), "person");
      case VitalEvent.Correction correction -> members.putAll(of(correction.replacement()));
      case VitalEvent.Split split -> {}
      case VitalEvent.EventAnnulment annulment -> {}
    }
    return members;
  }

  private static void spouses(Party one, Party other, Map<UUID, String> members) {
    put("spouses[0]", one, members);
    put("spouses[1]", other, members);
  }

  private static void put(String member, @Nullable Party party, Map<UUID, String> members) {
    if (party != null && party.personId() != null) {
      members.put(party.personId(), member);
    }
  }
}
