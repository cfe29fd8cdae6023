package org.mekong.registry.population.village;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.population.book.Life;
import org.mekong.registry.relationship.Relationship;

/** Counts a population, from what the register would hold. */
record Census(Map<UUID, Person> persons, LocalDate day) {

  private static final int YEARS = 3;
  private static final int OLDEST_MOTHER = 55;

  static Census of(List<Village> villages) {
    Map<UUID, Person> persons =
        Populations.lives(villages).stream()
            .map(Life::person)
            .collect(Collectors.toMap(Person::id, person -> person));
    return new Census(persons, Populations.DAY);
  }

  List<Particulars> living() {
    return all(of -> of.lifeStatus() != LifeStatus.DEAD);
  }

  List<Particulars> all(Predicate<Particulars> chosen) {
    return persons.values().stream().map(Person::particulars).filter(chosen).toList();
  }

  /** Of the living, the share of one sex in a group of five years of age, in percent. */
  double share(int fromAge, Sex sex) {
    List<Particulars> living = living();
    long found =
        living.stream()
            .filter(of -> of.sex() == sex)
            .filter(of -> age(of, day) >= fromAge && age(of, day) < fromAge + 5)
            .count();
    return 100.0 * found / living.size();
  }

  double householdSize() {
    List<UUID> households =
        living().stream()
            .flatMap(of -> Optional.ofNullable(of.household()).stream())
            .map(household -> household.id())
            .toList();
    return households.size() / (double) households.stream().distinct().count();
  }

  /** Boys for a hundred girls among the births of the last years. */
  double sexRatioAtBirth() {
    List<Particulars> born = all(this::isRecent);
    long boys = born.stream().filter(of -> of.sex() == Sex.MALE).count();
    return 100.0 * boys / (born.size() - boys);
  }

  /** Children of a woman at the rates of the last years. */
  double totalFertility() {
    Map<Integer, Integer> births = new HashMap<>();
    Map<Integer, Integer> women = new HashMap<>();
    for (Particulars of : all(of -> true)) {
      if (isRecent(of)) {
        mother(of)
            .map(mother -> age(mother, of.dateOfBirth().earliest()))
            .ifPresent(age -> births.merge(age, 1, Integer::sum));
      }
      for (int year = 0; year < YEARS && of.sex() == Sex.FEMALE; year++) {
        LocalDate middle = day.minusYears(year).minusMonths(6);
        boolean lived =
            of.dateOfBirth().earliest().isBefore(middle)
                && (of.dateOfDeath() == null || of.dateOfDeath().earliest().isAfter(middle));
        if (lived) {
          women.merge(age(of, middle), 1, Integer::sum);
        }
      }
    }
    double children = 0;
    for (int age = 12; age < OLDEST_MOTHER; age++) {
      children += births.getOrDefault(age, 0) / (double) women.getOrDefault(age, 1);
    }
    return children;
  }

  Optional<Particulars> mother(Particulars of) {
    return of.relationships().stream()
        .filter(relative -> relative.kind() == Relationship.Kind.MOTHER)
        .flatMap(relative -> Optional.ofNullable(relative.personId()).stream())
        .findFirst()
        .map(id -> persons.get(id).particulars());
  }

  private boolean isRecent(Particulars of) {
    return of.dateOfBirth().earliest().isAfter(day.minusYears(YEARS));
  }

  static int age(Particulars of, LocalDate on) {
    return java.time.Period.between(of.dateOfBirth().earliest(), on).getYears();
  }
}
