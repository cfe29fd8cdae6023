package org.mekong.registry.vitalevent;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.Sex;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * What can happen to persons in law. The first ten are the vital events of the UN Principles and
 * Recommendations for a Vital Statistics System, revision 3, chapter I; the others change what a
 * population register holds beside them.
 */
public sealed interface VitalEvent {

  /** The word in API and table: {@code MarriageAnnulment} is {@code marriage_annulment}. */
  default String type() {
    return typeOf(getClass());
  }

  /** The word of an event's class. */
  static String typeOf(Class<?> event) {
    return EventTypes.word(event);
  }

  /**
   * A child is born alive.
   *
   * @param child what is declared of the child, without relatives; the date of birth is when the
   *     event occurred
   * @param mother absent for a foundling
   * @param father absent until recognised
   */
  record LiveBirth(Particulars child, @Nullable Party mother, @Nullable Party father)
      implements VitalEvent {}

  /**
   * Somebody dies.
   *
   * @param cause underlying cause, ICD-10 code, where certified
   */
  record Death(UUID deceased, @Nullable String cause) implements VitalEvent {}

  /**
   * A child is born dead.
   *
   * @param gestationWeeks completed weeks, where known
   */
  record FoetalDeath(UUID mother, @Nullable Integer gestationWeeks, @Nullable Sex sex)
      implements VitalEvent {}

  /** Two marry, at least one of them in this register. */
  record Marriage(Party one, Party other) implements VitalEvent {}

  /** A court or office dissolves a marriage. */
  record Divorce(Party one, Party other) implements VitalEvent {}

  /** A court declares a marriage void: the spouses have the status they had before it. */
  record MarriageAnnulment(Party one, Party other) implements VitalEvent {}

  /** A court separates spouses who stay married. */
  record JudicialSeparation(Party one, Party other) implements VitalEvent {}

  /**
   * A child gets adoptive parents.
   *
   * @param parents one, or two who are married
   * @param names the child's new official names, when they change with it
   */
  record Adoption(UUID child, List<Party> parents, @Nullable List<PersonName> names)
      implements VitalEvent {
    public Adoption {
      parents = List.copyOf(parents);
    }
  }

  /** A child of parents who married later gets the standing of a child born in their marriage. */
  record Legitimation(UUID child, Party father, Party mother) implements VitalEvent {}

  /** A parent is acknowledged: the father where {@code paternal}, else the mother. */
  record Recognition(UUID child, Party parent, boolean paternal) implements VitalEvent {}

  /** Somebody bears other names. */
  record NameChange(UUID person, List<PersonName> names) implements VitalEvent {
    public NameChange {
      names = List.copyOf(names);
    }
  }

  /** Somebody's sex was recorded wrongly, or was changed in law. */
  record SexCorrection(UUID person, Sex sex) implements VitalEvent {}

  /**
   * One or more persons move together.
   *
   * @param to nowhere, when a residence of this kind ends
   * @param household what they join or found by moving; nothing changes when absent
   */
  record ResidenceChange(
      List<Mover> persons, Residence.Kind kind, @Nullable Place to, @Nullable UUID household)
      implements VitalEvent {
    public ResidenceChange {
      persons = List.copyOf(persons);
    }

    /** One person moves, and joins a household where one is given. */
    public static ResidenceChange of(
        UUID person, Residence.Kind kind, @Nullable Place to, @Nullable Household household) {
      return household == null
          ? new ResidenceChange(List.of(new Mover(person, null)), kind, to, null)
          : new ResidenceChange(
              List.of(new Mover(person, household.relationToHead())), kind, to, household.id());
    }
  }

  /**
   * One of those who move.
   *
   * @param relationToHead what they are in the household that is joined; given with it alone
   */
  record Mover(UUID person, @Nullable String relationToHead) {}

  /** Somebody joins a household without moving, founds one, or leaves theirs. */
  record HouseholdChange(UUID person, @Nullable Household household) implements VitalEvent {}

  /** Somebody acquires or loses nationalities; at least one is left, or the person is stateless. */
  record NationalityChange(UUID person, Set<String> acquired, Set<String> lost)
      implements VitalEvent {
    public NationalityChange {
      acquired = Set.copyOf(acquired);
      lost = Set.copyOf(lost);
    }
  }

  /** A court declares somebody missing. */
  record DeclaredMissing(UUID person) implements VitalEvent {}

  /** Somebody who was missing is found. */
  record Found(UUID person) implements VitalEvent {}

  /**
   * A guardian takes up or lays down the care of a ward.
   *
   * @param incapable whether a court declared the ward incapable; else the ward is a minor
   */
  record Guardianship(UUID ward, Party guardian, boolean ended, boolean incapable)
      implements VitalEvent {}

  /**
   * Particulars change that no event of civil status brings.
   *
   * @param fields which of the values are meant; a field that is meant and absent is cleared
   */
  record ParticularsChange(
      UUID person,
      Set<PersonField> fields,
      @Nullable Place hometown,
      @Nullable String ethnicity,
      @Nullable String religion,
      @Nullable String bloodGroup,
      @Nullable Contact contact,
      @Nullable String photoReference)
      implements VitalEvent {
    public ParticularsChange {
      fields = Set.copyOf(fields);
    }
  }

  /** Somebody comes under protection, or leaves it. */
  record ProtectionChange(UUID person, boolean withheld) implements VitalEvent {}

  /**
   * Somebody who was born before the register, or abroad, enters it as they declare themselves.
   *
   * @param earlierNumbers numbers of older identity cards
   */
  record FirstRegistration(Particulars person, List<String> earlierNumbers) implements VitalEvent {
    public FirstRegistration {
      earlierNumbers = List.copyOf(earlierNumbers);
    }
  }

  /** Somebody gets another personal number, because theirs was given or made wrongly. */
  record NumberReplacement(UUID person, String reason) implements VitalEvent {}

  /**
   * Two records turn out to be one person.
   *
   * @param confirmed why they are one although their particulars contradict each other
   */
  record Merge(UUID survivor, UUID duplicate, @Nullable String confirmed) implements VitalEvent {}

  /** A merge was wrong: both persons are what they were, with all that happened to them since. */
  record Split(UUID merge) implements VitalEvent {}

  /** An event was entered wrongly: it holds no longer, and the replacement does. */
  record Correction(UUID event, VitalEvent replacement) implements VitalEvent {}

  /** An event should not have been entered: it holds no longer. */
  record EventAnnulment(UUID event, String reason) implements VitalEvent {}
}
