package org.mekong.registry.vitalevent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.relationship.Relationship;

/**
 * What an event does to each of those whom it touches. Pure: the same for the API, the import and
 * the generator.
 *
 * @param lives the timelines as they are without the event
 * @param occurredOn when the event happened
 * @param newcomer key and number of whoever enters the register by the event, or gets a new number
 */
public record Effects(Lives lives, PartialDate occurredOn, @Nullable Newcomer newcomer) {

  /** What the register gives to somebody new. */
  public record Newcomer(UUID id, String number) {}

  /**
   * What happens to one of those touched.
   *
   * @param role what the person is in the event, as {@code mother}
   * @param changes none, where the event only stands on their timeline
   */
  public record Effect(String role, List<Change> changes) {
    public Effect {
      changes = List.copyOf(changes);
    }
  }

  /** The effects of an event by person, the person it is about first. */
  public Map<UUID, Effect> of(VitalEvent event) {
    Map<UUID, Effect> effects = new LinkedHashMap<>();
    switch (event) {
      case VitalEvent.LiveBirth birth -> birth(birth, effects);
      case VitalEvent.Death death -> death(death, effects);
      case VitalEvent.FoetalDeath death -> put(effects, death.mother(), "mother");
      case VitalEvent.Marriage marriage ->
          both(marriage.one(), marriage.other(), effects, (of, s) -> new Change.Married(s));
      case VitalEvent.Divorce divorce ->
          both(
              divorce.one(),
              divorce.other(),
              effects,
              (of, spouse) -> new Change.MarriageEnded(spouse, MaritalStatus.DIVORCED));
      case VitalEvent.MarriageAnnulment annulment ->
          both(
              annulment.one(),
              annulment.other(),
              effects,
              (of, spouse) -> new Change.MarriageEnded(spouse, statusBefore(of, spouse)));
      case VitalEvent.JudicialSeparation separation ->
          both(separation.one(), separation.other(), effects, (of, s) -> new Change.Separated(s));
      case VitalEvent.Adoption adoption -> adoption(adoption, effects);
      case VitalEvent.Legitimation(UUID child, Party father, Party mother) -> {
        put(effects, child, "child");
        List<Change> changes = new ArrayList<>();
        parent(child, father, Relationship.Kind.FATHER, changes, effects);
        parent(child, mother, Relationship.Kind.MOTHER, changes, effects);
        put(effects, child, "child", changes);
      }
      case VitalEvent.Recognition(UUID child, Party parent, boolean paternal) -> {
        put(effects, child, "child");
        List<Change> changes = new ArrayList<>();
        Relationship.Kind kind = paternal ? Relationship.Kind.FATHER : Relationship.Kind.MOTHER;
        parent(child, parent, kind, changes, effects);
        put(effects, child, "child", changes);
      }
      case VitalEvent.NameChange change ->
          put(effects, change.person(), "person", new Change.NamesChanged(change.names()));
      case VitalEvent.SexCorrection correction ->
          put(effects, correction.person(), "person", new Change.SexCorrected(correction.sex()));
      case VitalEvent.ResidenceChange move -> {
        for (VitalEvent.Mover mover : move.persons()) {
          put(
              effects,
              mover.person(),
              "person",
              new Change.ResidenceChanged(move.kind(), move.to()));
          if (move.household() != null && mover.relationToHead() != null) {
            Household household = new Household(move.household(), mover.relationToHead());
            put(effects, mover.person(), "person", new Change.HouseholdChanged(household));
          }
        }
      }
      case VitalEvent.HouseholdChange change ->
          put(effects, change.person(), "person", new Change.HouseholdChanged(change.household()));
      case VitalEvent.NationalityChange change ->
          put(
              effects,
              change.person(),
              "person",
              new Change.NationalitiesChanged(change.acquired(), change.lost()));
      case VitalEvent.DeclaredMissing(UUID person) ->
          put(effects, person, "person", new Change.LifeStatusChanged(LifeStatus.MISSING));
      case VitalEvent.Found(UUID person) ->
          put(effects, person, "person", new Change.LifeStatusChanged(LifeStatus.ALIVE));
      case VitalEvent.Guardianship guardianship -> guardianship(guardianship, effects);
      case VitalEvent.ParticularsChange change ->
          put(
              effects,
              change.person(),
              "person",
              new Change.ParticularsChanged(
                  change.fields(),
                  change.hometown(),
                  change.ethnicity(),
                  change.religion(),
                  change.bloodGroup(),
                  change.contact(),
                  change.photoReference()));
      case VitalEvent.ProtectionChange(UUID person, boolean withheld) ->
          put(effects, person, "person", new Change.WithheldChanged(withheld));
      case VitalEvent.FirstRegistration(Particulars person, List<String> numbers) ->
          enter(person, numbers, "person", Change.RelativeDeclared::new, effects);
      case VitalEvent.NumberReplacement replacement ->
          put(effects, replacement.person(), "person", new Change.NumberReplaced(given().number()));
      case VitalEvent.Merge merge -> new MergeEffects(lives, day()).add(merge, effects);
      case VitalEvent.Correction correction -> effects.putAll(of(correction.replacement()));
      case VitalEvent.Split split -> {}
      case VitalEvent.EventAnnulment annulment -> {}
    }
    effects.keySet().forEach(lives::of); // asks for everyone touched, as the widow of a dead man
    return effects;
  }

  private Newcomer given() {
    if (newcomer == null) {
      throw new IllegalStateException("The event needs a key and number from the register");
    }
    return newcomer;
  }

  private LocalDate day() {
    return occurredOn.earliest();
  }

  private void enter(
      Particulars particulars,
      List<String> earlierNumbers,
      String role,
      Function<Relationship, Change> toRelative,
      Map<UUID, Effect> effects) {
    Newcomer given = given();
    Person person = new Person(given.id(), given.number(), earlierNumbers, particulars, null);
    put(effects, given.id(), role, new Change.Entered(person));
    for (Relationship relative : particulars.relationships()) {
      UUID id = relative.personId();
      if (id != null) {
        mirror(relative.kind(), particulars)
            .map(kind -> toRelative.apply(Party.of(given.id()).as(kind)))
            .ifPresent(change -> put(effects, id, relative.kind().code(), change));
      }
    }
  }

  /** How a declared relative holds the newcomer; a marriage is registered by its own event. */
  private static Optional<Relationship.Kind> mirror(Relationship.Kind kind, Particulars of) {
    return switch (kind) {
      case FATHER, MOTHER -> Optional.of(Relationship.Kind.CHILD);
      case ADOPTIVE_PARENT -> Optional.of(Relationship.Kind.ADOPTED_CHILD);
      case ADOPTED_CHILD -> Optional.of(Relationship.Kind.ADOPTIVE_PARENT);
      case CHILD ->
          switch (of.sex()) {
            case MALE -> Optional.of(Relationship.Kind.FATHER);
            case FEMALE -> Optional.of(Relationship.Kind.MOTHER);
            case NOT_KNOWN, NOT_APPLICABLE -> Optional.empty();
          };
      case GUARDIAN -> Optional.of(Relationship.Kind.WARD);
      case WARD -> Optional.of(Relationship.Kind.GUARDIAN);
      case SPOUSE, LEGAL_REPRESENTATIVE -> Optional.empty();
    };
  }

  private void birth(VitalEvent.LiveBirth birth, Map<UUID, Effect> effects) {
    List<Relationship> parents = new ArrayList<>();
    if (birth.mother() != null) {
      parents.add(birth.mother().as(Relationship.Kind.MOTHER));
    }
    if (birth.father() != null) {
      parents.add(birth.father().as(Relationship.Kind.FATHER));
    }
    Particulars.Builder child = birth.child().but().relationships(parents);
    if (birth.child().household() == null && birth.mother() != null) {
      household(birth.mother()).ifPresent(child::household);
    }
    enter(child.build(), List.of(), "child", Change.RelativeAdded::new, effects);
  }

  private Optional<Household> household(Party mother) {
    UUID id = mother.personId();
    return id == null
        ? Optional.empty()
        : lives
            .on(id, day())
            .map(person -> person.particulars().household())
            .map(
                home ->
                    new Household(
                        home.id(),
                        home.relationToHead().equals("head")
                                || home.relationToHead().equals("spouse")
                            ? "child"
                            : "other"));
  }

  private void death(VitalEvent.Death death, Map<UUID, Effect> effects) {
    put(effects, death.deceased(), "deceased", new Change.Died(occurredOn));
    lives
        .on(death.deceased(), occurredOn.latest())
        .ifPresent(
            person -> {
              for (Relationship relative : person.particulars().relationships()) {
                if (relative.kind() == Relationship.Kind.SPOUSE && relative.personId() != null) {
                  put(
                      effects,
                      relative.personId(),
                      "spouse",
                      new Change.Widowed(Party.of(person.id()).as(Relationship.Kind.SPOUSE)));
                }
              }
            });
  }

  @FunctionalInterface
  private interface Spousal {
    Change of(UUID person, Relationship spouse);
  }

  private static void both(Party one, Party other, Map<UUID, Effect> effects, Spousal change) {
    if (one.personId() != null) {
      Relationship spouse = other.as(Relationship.Kind.SPOUSE);
      put(effects, one.personId(), "spouse", change.of(one.personId(), spouse));
    }
    if (other.personId() != null) {
      Relationship spouse = one.as(Relationship.Kind.SPOUSE);
      put(effects, other.personId(), "spouse", change.of(other.personId(), spouse));
    }
  }

  /** Marital status on the eve of the marriage with a spouse. */
  private MaritalStatus statusBefore(UUID person, Relationship spouse) {
    MaritalStatus before = MaritalStatus.SINGLE;
    MaritalStatus found = MaritalStatus.UNKNOWN;
    for (Timeline.Version version : lives.of(person).map(Timeline::versions).orElse(List.of())) {
      if (version.from().isAfter(day())) {
        break;
      }
      if (version.entry().changes().contains(new Change.Married(spouse))) {
        found = before;
      }
      before = version.person().particulars().maritalStatus();
    }
    return found;
  }

  private void adoption(VitalEvent.Adoption adoption, Map<UUID, Effect> effects) {
    List<Change> changes = new ArrayList<>();
    for (Party parent : adoption.parents()) {
      changes.add(new Change.RelativeAdded(parent.as(Relationship.Kind.ADOPTIVE_PARENT)));
    }
    if (adoption.names() != null) {
      changes.add(new Change.NamesChanged(adoption.names()));
    }
    put(effects, adoption.child(), "child", changes);
    for (Party parent : adoption.parents()) {
      if (parent.personId() != null) {
        put(
            effects,
            parent.personId(),
            "adoptive_parent",
            new Change.RelativeAdded(
                Party.of(adoption.child()).as(Relationship.Kind.ADOPTED_CHILD)));
      }
    }
  }

  private void parent(
      UUID child,
      Party parent,
      Relationship.Kind kind,
      List<Change> changes,
      Map<UUID, Effect> effects) {
    Relationship up = parent.as(kind);
    if (!isRelative(child, up)) {
      changes.add(new Change.RelativeAdded(up));
    }
    if (parent.personId() != null) {
      Relationship down = Party.of(child).as(Relationship.Kind.CHILD);
      List<Change> added =
          isRelative(parent.personId(), down) ? List.of() : List.of(new Change.RelativeAdded(down));
      put(effects, parent.personId(), kind.code(), added);
    }
  }

  private boolean isRelative(UUID person, Relationship relative) {
    return lives
        .on(person, day())
        .filter(of -> of.particulars().relationships().contains(relative))
        .isPresent();
  }

  private static void guardianship(
      VitalEvent.Guardianship guardianship, Map<UUID, Effect> effects) {
    Party guardian = guardianship.guardian();
    Relationship up = guardian.as(Relationship.Kind.GUARDIAN);
    Relationship down = Party.of(guardianship.ward()).as(Relationship.Kind.WARD);
    boolean ended = guardianship.ended();
    put(
        effects,
        guardianship.ward(),
        "ward",
        ended ? new Change.RelativeEnded(up) : new Change.RelativeAdded(up));
    if (guardian.personId() != null) {
      put(
          effects,
          guardian.personId(),
          "guardian",
          ended ? new Change.RelativeEnded(down) : new Change.RelativeAdded(down));
    }
  }

  static void put(Map<UUID, Effect> effects, UUID person, String role, Change... changes) {
    put(effects, person, role, List.of(changes));
  }

  /** Adds to what happens to a person; the first role counts. */
  static void put(Map<UUID, Effect> effects, UUID person, String role, List<Change> changes) {
    effects.merge(
        person,
        new Effect(role, changes),
        (before, more) -> {
          List<Change> all = new ArrayList<>(before.changes());
          all.addAll(more.changes());
          return new Effect(before.role(), all);
        });
  }
}
