package org.mekong.registry.matching.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.pair.Duplicate;
import org.mekong.registry.matching.pair.Duplicates;
import org.mekong.registry.matching.pair.QueueCursor;
import org.mekong.registry.matching.pair.QueueQuery;
import org.mekong.registry.matching.pair.State;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Violations;

/** Reads pages of the queue. */
@ApplicationScoped
class Queue {

  private static final int MOST = 100;
  private static final int USUAL = 20;

  private final Duplicates duplicates;
  private final DataSource database;
  private final NationProfile profile;

  Queue(Duplicates duplicates, DataSource database, NationProfile profile) {
    this.duplicates = duplicates;
    this.database = database;
    this.profile = profile;
  }

  /**
   * One page.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every parameter that breaks a rule
   */
  DuplicatePage page(QueueParameters parameters) throws SQLException {
    QueueQuery query = read(parameters);
    try (Connection connection = database.getConnection()) {
      List<Duplicate> found = duplicates.page(connection, query);
      List<Duplicate> shown = found.stream().limit(query.limit() - 1).toList();
      String next = null;
      if (found.size() > shown.size()) {
        Duplicate last = shown.getLast();
        next =
            QueueCursor.write(new QueueQuery.Place(last.score(), last.id()), filters(parameters));
      }
      return new DuplicatePage(shown.stream().map(DuplicateView::of).toList(), next);
    }
  }

  /** The query, for one more than is shown. */
  private QueueQuery read(QueueParameters parameters) {
    Violations violations = new Violations();
    State state =
        parameters.state() == null
            ? State.OPEN
            : violations.read(
                "state", parameters.state(), "known-code", "is no state of a pair", State::ofCode);
    BigDecimal minScore =
        violations.read("minScore", parameters.minScore(), "number", "is no number", Queue::score);
    String province =
        violations.read(
            "province",
            parameters.province(),
            "known-code",
            "is no province of today",
            code -> Optional.of(code).filter(profile.provinces()::containsKey));
    Integer limit =
        violations.read(
            "limit", parameters.limit(), "range", "is no number from 1 to " + MOST, Queue::limit);
    QueueQuery.Place after =
        violations.read(
            "cursor",
            parameters.cursor(),
            "cursor",
            "is no cursor of this list",
            text -> QueueCursor.read(text, filters(parameters)));
    violations.refuse();
    return new QueueQuery(
        state == null ? State.OPEN : state,
        minScore,
        province,
        after,
        (limit == null ? USUAL : limit) + 1);
  }

  private static String filters(QueueParameters parameters) {
    return text(parameters.state())
        + "|"
        + text(parameters.minScore())
        + "|"
        + text(parameters.province());
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Optional<BigDecimal> score(String text) {
    return text.matches("-?[0-9]{1,3}(\\.[0-9]{1,2})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static Optional<Integer> limit(String text) {
    return text.matches("[1-9][0-9]{0,2}")
        ? Optional.of(Integer.valueOf(text)).filter(limit -> limit <= MOST)
        : Optional.empty();
  }
}
