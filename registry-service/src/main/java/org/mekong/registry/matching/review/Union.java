package org.mekong.registry.matching.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Caller;
import org.mekong.registry.matching.pair.Duplicate;
import org.mekong.registry.matching.pair.Pair;
import org.mekong.registry.matching.pair.Verdict;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;

/** Registers what follows from a decision: a merge, or the split that takes it back. */
@ApplicationScoped
class Union {

  private final People people;
  private final EventRegistrar events;
  private final NationProfile profile;
  private final Clock clock;

  Union(People people, EventRegistrar events, NationProfile profile, Clock clock) {
    this.people = people;
    this.events = events;
    this.profile = profile;
    this.clock = clock;
  }

  /**
   * What followed.
   *
   * @param survivor who stands for both
   * @param eventId nothing where nothing had to be registered
   */
  record Followed(@Nullable UUID survivor, @Nullable UUID eventId) {}

  /** Whether a pair may be looked at: a protected person is nobody's duplicate. */
  boolean isShown(Connection transaction, Pair pair) {
    try {
      for (UUID id : List.of(pair.one(), pair.other())) {
        Optional<Person> person = people.find(transaction, new People.Key.ById(id));
        if (person.isEmpty() || person.get().particulars().withheld()) {
          return false;
        }
      }
      return true;
    } catch (SQLException e) {
      throw new IllegalStateException("The register cannot be read", e);
    }
  }

  /** Registers the event that follows, if one does. */
  Followed follow(
      Connection transaction,
      Caller.Agency by,
      Duplicate duplicate,
      List<Decision> before,
      Decide.Read decide)
      throws SQLException {
    Pair pair = duplicate.pair();
    UUID standing = merged(transaction, pair);
    Circumstances when = circumstances(by, duplicate.id());
    if (decide.verdict() == Verdict.SAME) {
      UUID survivor = decide.survivor() == null ? pair.one() : decide.survivor();
      if (!survivor.equals(pair.one()) && !survivor.equals(pair.other())) {
        throw Problem.invalid("survivor", "one-of-the-two", "is neither of the two");
      }
      if (survivor.equals(standing)) {
        return new Followed(survivor, null);
      }
      UUID other = survivor.equals(pair.one()) ? pair.other() : pair.one();
      VitalEvent merge = new VitalEvent.Merge(survivor, other, decide.confirmed());
      return new Followed(survivor, events.register(transaction, merge, when).eventId());
    }
    Optional<UUID> merge =
        before.stream()
            .filter(decision -> decision.verdict() == Verdict.SAME)
            .map(Decision::eventId)
            .filter(event -> event != null)
            .reduce((earlier, later) -> later);
    if (standing == null || merge.isEmpty()) {
      return new Followed(null, null);
    }
    VitalEvent split = new VitalEvent.Split(merge.get());
    return new Followed(null, events.register(transaction, split, when).eventId());
  }

  /** Whoever of the two the other was merged into, if they were. */
  private @Nullable UUID merged(Connection transaction, Pair pair) throws SQLException {
    for (UUID id : List.of(pair.one(), pair.other())) {
      UUID into =
          people.find(transaction, new People.Key.ById(id)).map(Person::mergedInto).orElse(null);
      if (into != null && (into.equals(pair.one()) || into.equals(pair.other()))) {
        return into;
      }
    }
    return null;
  }

  private Circumstances circumstances(Caller.Agency by, UUID duplicate) {
    LocalDate today = LocalDate.now(clock.withZone(profile.zone()));
    return new Circumstances(
        PartialDate.of(today),
        today,
        null,
        by.agency(),
        by.clientId(),
        new Circumstances.LegalDocument(
            "administrative-decision", duplicate.toString(), today, by.agency()));
  }
}
