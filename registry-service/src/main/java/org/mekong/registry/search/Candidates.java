package org.mekong.registry.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.search.index.CommonWords;
import org.mekong.registry.search.index.Hit;
import org.mekong.registry.search.index.IndexScan;
import org.mekong.registry.search.index.Narrowing;

/**
 * Finds everybody who fits, best first, or says that too many might. Begins at the rarest word that
 * was asked for; no way reads more than the configured number of rows.
 */
@ApplicationScoped
class Candidates {

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing((Candidate candidate) -> -candidate.score.value())
          .thenComparing(Candidate::personId);

  /** Words that begin alike; more say that the part is too short. */
  private static final int MOST_LONGER = 64;

  /** Beginnings that are tried where the statistics do not say which is the rarest. */
  private static final int MOST_STARTS = 3;

  private final People people;
  private final IndexScan index;
  private final CommonWords common;
  private final SearchConfig config;

  Candidates(People people, IndexScan index, CommonWords common, SearchConfig config) {
    this.people = people;
    this.index = index;
    this.common = common;
    this.config = config;
  }

  /** Somebody who fits. */
  record Candidate(UUID personId, Score score) {

    /** Whether they stand after a place in the list. */
    boolean isAfter(CursorSeal.Place place) {
      return score.value() < place.score()
          || (score.value() == place.score() && personId.compareTo(place.personId()) > 0);
    }
  }

  private record Start(Set<String> words, double share) {}

  /** Everybody who fits, best first; nothing when that would take too much reading. */
  Optional<List<Candidate>> find(Connection transaction, Criteria criteria) throws SQLException {
    if (criteria.personalNumber() != null) {
      People.Key key = new People.Key.ByNumber(criteria.personalNumber());
      return Optional.of(known(transaction, criteria, people.find(transaction, key).stream()));
    }
    if (criteria.household() != null) {
      List<Person> members =
          people.ofHousehold(transaction, criteria.household(), config.mostDocuments() + 1);
      return members.size() > config.mostDocuments()
          ? Optional.empty()
          : Optional.of(known(transaction, criteria, members.stream()));
    }
    Optional<List<Hit>> hits = hits(transaction, criteria);
    if (hits.isEmpty()) {
      return Optional.empty();
    }
    List<Candidate> fitting = rank(criteria, hits.get());
    return criteria.needsNoDocument()
        ? Optional.of(fitting)
        : withDocuments(transaction, criteria, fitting);
  }

  /** Ranks persons who were found by key. */
  private List<Candidate> known(
      Connection transaction, Criteria criteria, java.util.stream.Stream<Person> found)
      throws SQLException {
    List<Person> persons = found.filter(person -> !person.particulars().withheld()).toList();
    Score.RelativeNames names = names(transaction, criteria, persons);
    List<Candidate> fitting = new ArrayList<>();
    for (Person person : persons) {
      Optional<Score> score = Score.of(criteria, Hit.of(person));
      if (score.isPresent() && score.get().add(criteria, person, names)) {
        if (criteria.personalNumber() != null) {
          boolean inForce = criteria.personalNumber().equals(person.personalNumber());
          score.get().met("personalNumber", inForce ? "exact" : "earlier");
        }
        fitting.add(new Candidate(person.id(), score.get()));
      }
    }
    return fitting.stream().sorted(BEST_FIRST).toList();
  }

  private Optional<List<Hit>> hits(Connection transaction, Criteria criteria) throws SQLException {
    Narrowing by = criteria.narrowing();
    for (Start start : starts(transaction, criteria, by)) {
      Optional<List<Hit>> hits = index.hits(transaction, start.words, by, config.mostRows());
      if (hits.isPresent()) {
        return hits;
      }
      if (start.share > 0) {
        break; // the others are known to be as common, and the same narrows them
      }
    }
    return Optional.empty();
  }

  /** Where the search may begin, the rarest first. */
  private List<Start> starts(Connection transaction, Criteria criteria, Narrowing by)
      throws SQLException {
    Criteria.Dwelling residence = criteria.residence();
    Residence.Kind kind = residence == null ? Residence.Kind.PERMANENT : residence.kind();
    List<Start> starts = new ArrayList<>();
    if (!by.isEmpty()) {
      starts.add(start(transaction, IndexScan.everybody(kind)));
    }
    // The rows of a word hold the province of permanent residence, and no other.
    NameQuery name = kind == Residence.Kind.PERMANENT ? criteria.name() : null;
    if (name != null) {
      for (Set<String> sounds : name.sounds()) {
        Optional<Set<String>> words =
            name.isPartial() ? index.longer(transaction, sounds, MOST_LONGER) : Optional.of(sounds);
        if (words.isPresent()) {
          starts.add(start(transaction, words.get()));
        }
      }
    }
    return starts.stream()
        .sorted(Comparator.comparingDouble(Start::share))
        .limit(MOST_STARTS)
        .toList();
  }

  private Start start(Connection transaction, Set<String> words) throws SQLException {
    return new Start(words, common.share(transaction, words));
  }

  /** Each person once, by the name that fits best. */
  private static List<Candidate> rank(Criteria criteria, List<Hit> hits) {
    Map<UUID, Candidate> best = new HashMap<>();
    for (Hit hit : hits) {
      Score.of(criteria, hit)
          .ifPresent(
              score -> {
                if (criteria.residence() != null) {
                  score.met("residence", "exact");
                }
                best.merge(
                    hit.personId(),
                    new Candidate(hit.personId(), score),
                    (a, b) -> a.score.value() >= b.score.value() ? a : b);
              });
    }
    return best.values().stream().sorted(BEST_FIRST).toList();
  }

  private Optional<List<Candidate>> withDocuments(
      Connection transaction, Criteria criteria, List<Candidate> candidates) throws SQLException {
    if (candidates.size() > config.mostDocuments()) {
      return Optional.empty();
    }
    Map<UUID, Person> persons =
        people.find(transaction, candidates.stream().map(Candidate::personId).toList());
    Score.RelativeNames names = names(transaction, criteria, persons.values());
    List<Candidate> fitting = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Person person = persons.get(candidate.personId);
      if (person != null && candidate.score.addRelations(criteria, person, names)) {
        fitting.add(candidate);
      }
    }
    return Optional.of(fitting.stream().sorted(BEST_FIRST).toList());
  }

  private Score.RelativeNames names(
      Connection transaction, Criteria criteria, Iterable<Person> persons) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    if (criteria.mother() != null || criteria.father() != null) {
      for (Person person : persons) {
        for (Relationship relationship : person.particulars().relationships()) {
          if (relationship.kind().isParent() && relationship.personId() != null) {
            ids.add(relationship.personId());
          }
        }
      }
    }
    return Score.RelativeNames.of(ids.isEmpty() ? Map.of() : index.names(transaction, ids));
  }
}
