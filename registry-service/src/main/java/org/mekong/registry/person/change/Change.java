package org.mekong.registry.person.change;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/**
 * What an event does to one person. A change knows in which states it cannot happen, so a timeline
 * is valid exactly when it can be replayed: the same check serves new events, late ones,
 * corrections and annulments, and the generator. Pure.
 */
public sealed interface Change {

  /**
   * The person after the change.
   *
   * @param before the person as they were; nobody before the first change
   * @throws ChangeRefused when the change cannot befall a person in that state
   */
  Person apply(@Nullable Person before) throws ChangeRefused;

  /** The person enters the register, by birth or first registration. Always the first change. */
  record Entered(Person person) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      if (before != null) {
        throw new ChangeRefused("entered-once", "is in the register already");
      }
      return person;
    }
  }

  /** Somebody becomes a relative. */
  record RelativeAdded(Relationship relationship) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.known(before);
      Particulars of = person.particulars();
      if (of.relationships().contains(relationship)) {
        throw new ChangeRefused("relative-once", "has this relative already");
      }
      List<Relationship> relatives = State.plus(of, relationship);
      State.checkNumbers(relatives);
      return person.with(of.but().relationships(relatives).build());
    }
  }

  /**
   * Somebody who enters the register declares this person as a relative: what is declared holds
   * since both of them live.
   */
  record RelativeDeclared(Relationship relationship) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      return new RelativeAdded(relationship).apply(before);
    }
  }

  /** Somebody is a relative no longer. */
  record RelativeEnded(Relationship relationship) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Particulars of = State.known(before).particulars();
      return State.known(before)
          .with(of.but().relationships(State.minus(of, relationship)).build());
    }
  }

  /** The person marries. */
  record Married(Relationship spouse) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      Particulars of = person.particulars();
      if (State.isMarried(of)) {
        throw new ChangeRefused("married-once", "is married");
      }
      return person.with(
          of.but()
              .maritalStatus(MaritalStatus.MARRIED)
              .relationships(State.plus(of, spouse))
              .build());
    }
  }

  /**
   * The marriage with a spouse ends by divorce or annulment.
   *
   * @param status marital status from now on
   */
  record MarriageEnded(Relationship spouse, MaritalStatus status) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      Particulars of = person.particulars();
      List<Relationship> rest = State.withoutSpouse(of, spouse);
      return person.with(of.but().maritalStatus(status).relationships(rest).build());
    }
  }

  /** The spouse dies. Nothing ends for who died before, was divorced, or is merged by then. */
  record Widowed(Relationship spouse) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = before != null && before.mergedInto() != null ? before : State.known(before);
      Particulars of = person.particulars();
      if (of.lifeStatus() == LifeStatus.DEAD || !of.relationships().contains(spouse)) {
        return person;
      }
      return person.with(
          of.but()
              .maritalStatus(MaritalStatus.WIDOWED)
              .relationships(State.minus(of, spouse))
              .build());
    }
  }

  /** The spouses are separated by a court; the marriage goes on. */
  record Separated(Relationship spouse) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      Particulars of = person.particulars();
      State.withoutSpouse(of, spouse);
      if (of.maritalStatus() != MaritalStatus.MARRIED) {
        throw new ChangeRefused("separated-once", "is separated already");
      }
      return person.with(of.but().maritalStatus(MaritalStatus.SEPARATED).build());
    }
  }

  /** The person dies, and leaves their household. */
  record Died(PartialDate on) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      Particulars of = person.particulars();
      return person.with(
          of.but().lifeStatus(LifeStatus.DEAD).dateOfDeath(on).household(null).build());
    }
  }

  /** The person is declared missing, or is found. */
  record LifeStatusChanged(LifeStatus status) implements Change {

    public LifeStatusChanged {
      if (status == LifeStatus.DEAD) {
        throw new IllegalArgumentException("Death is a change of its own");
      }
    }

    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      if (person.particulars().lifeStatus() == status) {
        throw new ChangeRefused("life-status", "is " + status.code() + " already");
      }
      return person.with(person.particulars().but().lifeStatus(status).build());
    }
  }

  /** The person bears other names from now on. */
  record NamesChanged(List<PersonName> names) implements Change {

    public NamesChanged {
      names = List.copyOf(names);
    }

    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      return person.with(person.particulars().but().names(names).build());
    }
  }

  /** The register held the wrong sex, or a court changed it. The number stays. */
  record SexCorrected(Sex sex) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      return person.with(person.particulars().but().sex(sex).build());
    }
  }

  /**
   * The person moves.
   *
   * @param to nowhere, when a residence of this kind ends
   */
  record ResidenceChanged(Residence.Kind kind, @Nullable Place to) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      List<Residence> residences =
          new ArrayList<>(
              person.particulars().residences().stream()
                  .filter(residence -> residence.kind() != kind)
                  .toList());
      if (to != null) {
        residences.add(new Residence(kind, to));
      } else if (residences.size() == person.particulars().residences().size()) {
        throw new ChangeRefused("residence-known", "has no residence of kind " + kind.code());
      }
      return person.with(person.particulars().but().residences(residences).build());
    }
  }

  /** The person joins a household, or leaves theirs. */
  record HouseholdChanged(@Nullable Household household) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      return person.with(person.particulars().but().household(household).build());
    }
  }

  /** The person acquires and loses nationalities; without any they are stateless. */
  record NationalitiesChanged(Set<String> acquired, Set<String> lost) implements Change {

    public NationalitiesChanged {
      acquired = Set.copyOf(acquired);
      lost = Set.copyOf(lost);
    }

    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      Set<String> nationalities = new TreeSet<>(person.particulars().nationalities());
      if (!nationalities.containsAll(lost)) {
        throw new ChangeRefused("nationality-known", "has not a nationality that is lost");
      }
      nationalities.removeAll(lost);
      for (String nationality : acquired) {
        if (!nationalities.add(nationality)) {
          throw new ChangeRefused("nationality-once", "has a nationality already that is acquired");
        }
      }
      return person.with(
          person.particulars().but().nationalities(List.copyOf(nationalities)).build());
    }
  }

  /**
   * Particulars that no event of civil status brings: of the fields named, the values given; of all
   * others, nothing.
   */
  record ParticularsChanged(
      Set<PersonField> fields,
      @Nullable Place hometown,
      @Nullable String ethnicity,
      @Nullable String religion,
      @Nullable String bloodGroup,
      @Nullable Contact contact,
      @Nullable String photoReference)
      implements Change {

    private static final Set<PersonField> OPEN =
        EnumSet.of(
            PersonField.HOMETOWN,
            PersonField.ETHNICITY,
            PersonField.RELIGION,
            PersonField.BLOOD_GROUP,
            PersonField.CONTACT,
            PersonField.PHOTO_REFERENCE);

    public ParticularsChanged {
      fields = Set.copyOf(fields);
      if (!OPEN.containsAll(fields)) {
        throw new IllegalArgumentException("An event of its own changes these fields");
      }
    }

    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      Particulars.Builder builder = person.particulars().but();
      for (PersonField field : fields) {
        switch (field) {
          case HOMETOWN -> builder.hometown(hometown);
          case ETHNICITY -> builder.ethnicity(ethnicity);
          case RELIGION -> builder.religion(religion);
          case BLOOD_GROUP -> builder.bloodGroup(bloodGroup);
          case CONTACT -> builder.contact(contact);
          case PHOTO_REFERENCE -> builder.photoReference(photoReference);
          default -> throw new IllegalStateException("Guarded by the constructor");
        }
      }
      return person.with(builder.build());
    }
  }

  /** The person is protected, so that nobody gets an answer about them, or no longer. */
  record WithheldChanged(boolean withheld) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.known(before);
      return person.with(person.particulars().but().withheld(withheld).build());
    }
  }

  /** The person gets another number; the one in force becomes an earlier one. */
  record NumberReplaced(String number) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.living(before);
      List<String> earlier = new ArrayList<>(person.earlierNumbers());
      if (person.personalNumber() != null) {
        earlier.add(person.personalNumber());
      }
      return new Person(person.id(), number, earlier, person.particulars(), person.mergedInto());
    }
  }

  /** The person turned out to be another, who stands in the register from now on for both. */
  record MergedInto(UUID survivor) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.known(before);
      Particulars of = person.particulars();
      return new Person(
          person.id(),
          null,
          List.of(),
          of.but().relationships(List.of()).household(null).build(),
          survivor);
    }
  }

  /**
   * Another turned out to be this person: their numbers and relatives come to this one.
   *
   * @param maritalStatus the other's, where they bring a spouse
   */
  record Absorbed(
      List<String> numbers, List<Relationship> relationships, @Nullable MaritalStatus maritalStatus)
      implements Change {

    public Absorbed {
      numbers = List.copyOf(numbers);
      relationships = List.copyOf(relationships);
    }

    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.known(before);
      Particulars of = person.particulars();
      Set<String> earlier = new LinkedHashSet<>(person.earlierNumbers());
      earlier.addAll(numbers);
      Set<Relationship> relatives = new LinkedHashSet<>(of.relationships());
      relatives.addAll(relationships);
      State.checkNumbers(relatives);
      return new Person(
          person.id(),
          person.personalNumber(),
          List.copyOf(earlier),
          of.but()
              .relationships(List.copyOf(relatives))
              .maritalStatus(maritalStatus == null ? of.maritalStatus() : maritalStatus)
              .build(),
          null);
    }
  }

  /** A relative turned out to be another person. */
  record RelativeReplaced(UUID former, UUID now) implements Change {
    @Override
    public Person apply(@Nullable Person before) throws ChangeRefused {
      Person person = State.known(before);
      Set<Relationship> relatives = new LinkedHashSet<>();
      for (Relationship relative : person.particulars().relationships()) {
        relatives.add(
            former.equals(relative.personId())
                ? new Relationship(relative.kind(), now, null)
                : relative);
      }
      return person.with(person.particulars().but().relationships(List.copyOf(relatives)).build());
    }
  }
}
