package org.mekong.gateway.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.LookupKind;

/**
 * Who fits what is known.
 *
 * @param result what came of it
 * @param persons the one who is meant, or those who fit, the best first; of {@code matched} and
 *     {@code found} alone
 * @param more true where more fit than are shown; else absent
 * @param narrowBy fields that would help to tell; of {@code ambiguous} and {@code needs_more}
 */
@JsonInclude(Include.NON_NULL)
public record Finding(
    Result result,
    @Nullable List<Person> persons,
    @Nullable Boolean more,
    @Nullable List<String> narrowBy) {

  /** The most persons of one answer. */
  public static final int MOST = 5;

  /** What came of a match or a search; on the wire the name in lower case. */
  public enum Result {
    /** One person is meant, and nobody else comes near. */
    @JsonProperty("matched")
    MATCHED,
    /** Nobody is meant. */
    @JsonProperty("no_match")
    NO_MATCH,
    /** Several fit about as well; none is shown. */
    @JsonProperty("ambiguous")
    AMBIGUOUS,
    /** Too little is known to tell, or too many might fit. */
    @JsonProperty("needs_more")
    NEEDS_MORE,
    /** Those who are shown fit. */
    @JsonProperty("found")
    FOUND,
    /** Nobody fits. */
    @JsonProperty("none")
    NONE;

    private static final Set<Result> OF_MATCH = Set.of(MATCHED, NO_MATCH, AMBIGUOUS, NEEDS_MORE);
    private static final Set<Result> OF_SEARCH = Set.of(FOUND, NONE, NEEDS_MORE);
  }

  /**
   * Somebody who was shown.
   *
   * @param person the fields that were asked for and are known
   * @param disclosure the register's log entry that tells this person of the look
   */
  public record Person(Map<String, Object> person, EntryReference disclosure) {

    public Person {
      if (person == null || disclosure == null) {
        throw new IllegalArgumentException("persons: each has its fields and its disclosure");
      }
    }

    /** Names the entry alone. */
    @Override
    public String toString() {
      return "Person[" + disclosure + "]";
    }
  }

  public Finding {
    persons = persons == null ? null : List.copyOf(persons);
    narrowBy = narrowBy == null ? null : List.copyOf(narrowBy);
    boolean shows = result == Result.MATCHED || result == Result.FOUND;
    int most = result == Result.MATCHED ? 1 : MOST;
    if (result == null
        || shows == (persons == null)
        || (persons != null && (persons.isEmpty() || persons.size() > most))) {
      throw new IllegalArgumentException("finding: result and persons do not fit together");
    }
  }

  /** Whether it can answer a question of this kind for these fields. */
  public boolean fits(LookupKind kind, List<String> fields) {
    boolean ofKind =
        switch (kind) {
          case MATCH -> Result.OF_MATCH.contains(result);
          case SEARCH -> Result.OF_SEARCH.contains(result);
          case VERIFY, READ -> false;
        };
    return ofKind && shown().stream().allMatch(each -> fields.containsAll(each.person().keySet()));
  }

  /** Those who are shown; may be nobody. */
  public List<Person> shown() {
    return persons == null ? List.of() : persons;
  }

  /** Names the number of persons alone. */
  @Override
  public String toString() {
    return "Finding[" + shown().size() + "]";
  }
}
