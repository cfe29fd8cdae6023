package org.mekong.registry.person.change;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.relationship.Relationship;

/** What changes ask of the state that somebody is in. Pure. */
final class State {

  private State() {}

  /** The person, if there is one who stands for themselves. */
  static Person known(@Nullable Person person) throws ChangeRefused {
    if (person == null) {
      throw new ChangeRefused("known-then", "was not in the register or not born then");
    }
    if (person.mergedInto() != null) {
      throw new ChangeRefused("not-merged", "was merged into another person");
    }
    return person;
  }

  /** The person, if they live. */
  static Person living(@Nullable Person person) throws ChangeRefused {
    Person known = known(person);
    if (known.particulars().lifeStatus() == LifeStatus.DEAD) {
      throw new ChangeRefused("alive", "is dead");
    }
    return known;
  }

  static boolean isMarried(Particulars of) {
    return of.maritalStatus() == MaritalStatus.MARRIED
        || of.maritalStatus() == MaritalStatus.SEPARATED;
  }

  static List<Relationship> plus(Particulars of, Relationship relationship) {
    List<Relationship> all = new ArrayList<>(of.relationships());
    all.add(relationship);
    return all;
  }

  static List<Relationship> minus(Particulars of, Relationship relationship) throws ChangeRefused {
    List<Relationship> rest = new ArrayList<>(of.relationships());
    if (!rest.remove(relationship)) {
      throw new ChangeRefused(
          "relative-known", "has no such relative of kind " + relationship.kind().code());
    }
    return rest;
  }

  /** The relatives without a spouse. Somebody may be married to whom the register does not tell. */
  static List<Relationship> withoutSpouse(Particulars of, Relationship spouse)
      throws ChangeRefused {
    if (!isMarried(of)) {
      throw new ChangeRefused("married", "is not married");
    }
    boolean told = of.relationships().stream().anyMatch(r -> r.kind() == Relationship.Kind.SPOUSE);
    return told ? minus(of, spouse) : of.relationships();
  }

  /** Nobody has more relatives of a kind than there can be. */
  static void checkNumbers(Collection<Relationship> relatives) throws ChangeRefused {
    Map<Relationship.Kind, Integer> numbers = new EnumMap<>(Relationship.Kind.class);
    for (Relationship relative : relatives) {
      Relationship.Kind kind = relative.kind();
      if (numbers.merge(kind, 1, Integer::sum) > kind.most()) {
        throw new ChangeRefused(
            "relative-number", "has as many relatives of kind " + kind.code() + " as can be");
      }
    }
  }
}
