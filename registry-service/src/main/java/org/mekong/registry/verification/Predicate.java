package org.mekong.registry.verification;

/** A statement about a person that can be true, false, or not be told. */
public sealed interface Predicate {

  /** The statement's name in requests, permissions and log entries. */
  String name();

  /** The person lives. */
  record Alive() implements Predicate {
    @Override
    public String name() {
      return "alive";
    }
  }

  /** The living person has completed so many years. */
  record AgeOver(int years) implements Predicate {
    @Override
    public String name() {
      return "age_over";
    }
  }

  /** The person's permanent residence is in a province of today. */
  record ResidentOf(String province) implements Predicate {
    @Override
    public String name() {
      return "resident_of";
    }
  }

  /** The person is in a marriage that exists, separated or not. */
  record Married() implements Predicate {
    @Override
    public String name() {
      return "married";
    }
  }

  /** The person has never been married. For "not married now", ask for {@link Married}. */
  record Single() implements Predicate {
    @Override
    public String name() {
      return "single";
    }
  }

  /** The person is father or mother of the person with a number. */
  record ParentOf(String personalNumber) implements Predicate {
    @Override
    public String name() {
      return "parent_of";
    }
  }

  /** The full name is one of the person's names, however it is spelled. */
  record NameMatches(String names) implements Predicate {
    @Override
    public String name() {
      return "name_matches";
    }
  }

  /** The number asked by is the person's number in force. */
  record NumberValid() implements Predicate {
    @Override
    public String name() {
      return "number_valid";
    }
  }
}
