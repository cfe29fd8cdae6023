package org.mekong.registry.bulk.entry;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.IdentifierConfig;
import org.mekong.registry.identifier.NumberBlock;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.vitalevent.book.Numbering;

/**
 * Draws personal numbers for many newcomers: random candidates, of which the register says in one
 * statement which are given. Two who draw the same at the same time meet at the table's primary key
 * and one of them draws again. Thread-safe.
 */
@ApplicationScoped
class NumberDraw {

  private static final int EARLIEST_YEAR = 1900;

  private final NationProfile profile;
  private final Numbering numbering;
  private final int attempts;
  private final RandomGenerator random = new SecureRandom();

  NumberDraw(NationProfile profile, Numbering numbering, IdentifierConfig config) {
    this.profile = profile;
    this.numbering = numbering;
    this.attempts = config.attempts();
  }

  /**
   * Gives each draft a number that may have one and brings none.
   *
   * @param brought numbers that rows bring, which nobody draws
   */
  void numbers(References register, List<Draft> drafts, Set<String> brought) throws SQLException {
    Set<String> used = new HashSet<>(brought);
    List<Draft> without = new ArrayList<>();
    for (Draft draft : drafts) {
      if (draft.number == null && mayHaveOne(draft.particulars)) {
        without.add(draft);
      }
    }
    for (int attempt = 0; attempt < attempts && !without.isEmpty(); attempt++) {
      Map<String, Draft> drawn = new HashMap<>();
      for (Draft draft : without) {
        Particulars of = draft.particulars;
        if (of != null) {
          NumberBlock block = numbering.blockOf(of);
          String candidate = block.number(random.nextInt(block.capacity()));
          if (used.add(candidate)) {
            drawn.put(candidate, draft);
          }
        }
      }
      drawn.keySet().removeAll(register.taken(drawn.keySet()));
      drawn.forEach((number, draft) -> draft.number = number);
      without.removeIf(draft -> draft.number != null);
    }
    for (Draft draft : without) {
      draft.faults.add(
          new Violation(
              "",
              "number-block-exhausted",
              "gets no personal number: those for these facts of birth are used up"));
    }
  }

  /** Whoever else may have none breaks a rule, and is told so. */
  private boolean mayHaveOne(@Nullable Particulars of) {
    return of != null
        && of.sex().isTold()
        && of.dateOfBirth().year() >= EARLIEST_YEAR
        && of.dateOfBirth().year() < EARLIEST_YEAR + 500
        && profile.registrationPlaces().containsKey(of.placeOfBirthRegistration());
  }
}
