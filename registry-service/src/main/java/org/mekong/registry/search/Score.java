package org.mekong.registry.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.search.index.Hit;

/**
 * How well somebody fits, with the reasons. Somebody who does not fit in one thing has no score;
 * what the register does not hold gets no points and is in nobody's way.
 */
final class Score {

  private static final int NAME = 60;
  private static final int BIRTH = 25;
  private static final int SEX = 5;
  private static final int OTHER = 10;

  /** A former name is worth less than one that is borne. */
  private static final int FORMER_SHARE = 80;

  private final List<Reason> reasons = new ArrayList<>();
  private boolean fits = true;

  private Score() {}

  /**
   * Why somebody got points.
   *
   * @param criterion the member of the criteria
   * @param strength how it fits
   * @param of the points that it could have got
   */
  record Reason(String criterion, String strength, boolean former, int points, int of) {}

  /** The score by what the index tells; nothing when the person does not fit. */
  static Optional<Score> of(Criteria criteria, Hit hit) {
    Score score = new Score();
    if (criteria.name() != null) {
      score.name(criteria.name(), hit);
    }
    if (score.fits && criteria.birth() != null) {
      score.birth(criteria.birth(), hit);
    }
    if (score.fits && criteria.sex() != null) {
      score.sex(criteria.sex(), hit.sex());
    }
    return score.fits ? Optional.of(score) : Optional.empty();
  }

  /**
   * Adds everything that the person's document tells.
   *
   * @param names the names of relatives who stand in the register
   * @return whether the person still fits
   */
  boolean add(Criteria criteria, Person person, RelativeNames names) {
    if (criteria.residence() != null) {
      Criteria.Dwelling asked = criteria.residence();
      boolean lives =
          person.particulars().residences().stream()
              .filter(residence -> residence.kind() == asked.kind())
              .anyMatch(residence -> asked.province().equals(residence.place().province()));
      require("residence", lives);
    }
    if (criteria.household() != null) {
      Household household = person.particulars().household();
      require("householdId", household != null && criteria.household().equals(household.id()));
    }
    return addRelations(criteria, person, names);
  }

  /** The same without what the index tells: parents and place of birth. */
  boolean addRelations(Criteria criteria, Person person, RelativeNames names) {
    if (criteria.mother() != null) {
      parent("mother", criteria.mother(), Relationship.Kind.MOTHER, person, names);
    }
    if (criteria.father() != null) {
      parent("father", criteria.father(), Relationship.Kind.FATHER, person, names);
    }
    if (criteria.placeOfBirth() != null) {
      place(criteria.placeOfBirth(), person.particulars().placeOfBirth());
    }
    return fits;
  }

  /** Adds a criterion that the search itself went by, and so is met. */
  void met(String criterion, String strength) {
    reasons.add(new Reason(criterion, strength, false, OTHER, OTHER));
  }

  /** The reasons, in the order of the criteria. */
  List<Reason> reasons() {
    return List.copyOf(reasons);
  }

  /** From 0 to 1000, where everything that was asked fits exactly. */
  int value() {
    int points = reasons.stream().mapToInt(Reason::points).sum();
    int of = reasons.stream().mapToInt(Reason::of).sum();
    return of == 0 ? 1000 : 1000 * points / of;
  }

  private void name(NameQuery name, Hit hit) {
    Optional<NameQuery.Fit> fit = name.fit(hit.names());
    fits = fit.isPresent();
    fit.ifPresent(
        found -> {
          int share = found.share() * (hit.former() ? FORMER_SHARE : 100) / 100;
          reasons.add(
              new Reason("name", found.weakest().code(), hit.former(), NAME * share / 100, NAME));
        });
  }

  private void birth(BirthQuery birth, Hit hit) {
    Optional<BirthQuery.Fit> fit = birth.fit(hit);
    fits = fit.isPresent();
    fit.ifPresent(found -> add("dateOfBirth", found.code(), BIRTH * found.share() / 100, BIRTH));
  }

  private void sex(Sex sex, int held) {
    boolean told = held == Sex.MALE.code() || held == Sex.FEMALE.code();
    fits = !told || held == sex.code() || !sex.isTold();
    add("sex", told ? "exact" : "not_recorded", told ? SEX : 0, SEX);
  }

  private void parent(
      String criterion,
      NameQuery asked,
      Relationship.Kind kind,
      Person person,
      RelativeNames names) {
    List<Relationship> parents =
        person.particulars().relationships().stream()
            .filter(relationship -> relationship.kind() == kind)
            .toList();
    List<String> held = parents.stream().flatMap(parent -> names.of(parent).stream()).toList();
    if (held.isEmpty()) {
      add(criterion, "not_recorded", 0, OTHER);
      return;
    }
    Optional<NameQuery.Fit> fit = asked.fit(String.join("|", held));
    fits &= fit.isPresent();
    fit.ifPresent(found -> add(criterion, found.weakest().code(), found.share() / 10, OTHER));
  }

  private void place(Criteria.Birthplace asked, @Nullable Place held) {
    if (held == null) {
      add("placeOfBirth", "not_recorded", 0, OTHER);
      return;
    }
    boolean told = same(asked.country(), held.country()) && same(asked.province(), held.province());
    NameQuery text = asked.text();
    if (!told || text == null || held.text() == null) {
      boolean whole = text == null && (asked.province() == null || held.province() != null);
      fits &= told;
      add("placeOfBirth", whole ? "exact" : "partial", whole ? OTHER : OTHER / 2, OTHER);
      return;
    }
    Optional<NameQuery.Fit> fit = text.fit(held.text());
    fits &= fit.isPresent();
    fit.ifPresent(found -> add("placeOfBirth", found.weakest().code(), found.share() / 10, OTHER));
  }

  private static boolean same(@Nullable String asked, @Nullable String held) {
    return asked == null || held == null || asked.equals(held);
  }

  private void require(String criterion, boolean met) {
    fits &= met;
    add(criterion, "exact", met ? OTHER : 0, OTHER);
  }

  private void add(String criterion, String strength, int points, int of) {
    reasons.add(new Reason(criterion, strength, false, points, of));
  }

  /** The names of relatives. */
  @FunctionalInterface
  interface RelativeNames {

    /** As declared, or as the register holds them; nothing for somebody withheld. */
    List<String> of(Relationship relative);

    /** Names by the register's keys. */
    static RelativeNames of(Map<UUID, List<String>> byId) {
      return relative ->
          relative.name() != null
              ? List.of(relative.name())
              : relative.personId() == null
                  ? List.of()
                  : byId.getOrDefault(relative.personId(), List.of());
    }
  }
}
