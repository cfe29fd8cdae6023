package org.mekong.registry.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.FeedEntry.Place;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;

/** Reads the feed for those who follow it by cursor, and says what is wrong with what they send. */
@ApplicationScoped
public class Follower {

  private static final String LATEST = "latest";
  private static final int USUAL = 100;
  private static final int MOST = 1000;

  private final FeedReader reader;
  private final FeedCursors cursors;
  private final NationProfile profile;

  Follower(FeedReader reader, FeedCursors cursors, NationProfile profile) {
    this.reader = reader;
    this.cursors = cursors;
    this.profile = profile;
  }

  /**
   * What somebody follows.
   *
   * @param after where they stand
   */
  public record Query(Place after, FeedFilter filter, int limit) {

    /** The same from another place. */
    public Query from(Place place) {
      return new Query(place, filter, limit);
    }
  }

  /**
   * Reads a query: without a cursor from the first entry kept, after {@code latest} from now on.
   */
  public Query read(
      @Nullable String after,
      @Nullable String limit,
      @Nullable String types,
      @Nullable String provinces)
      throws SQLException {
    Violations violations = new Violations();
    FeedFilter filter = FeedFilter.read(types, provinces, profile, violations);
    int most = USUAL;
    if (limit != null) {
      if (limit.matches("[1-9][0-9]{0,3}") && Integer.parseInt(limit) <= MOST) {
        most = Integer.parseInt(limit);
      } else {
        violations.add("limit", "range", "is no number from 1 to " + MOST);
      }
    }
    violations.refuse();
    return new Query(place(after, filter), filter, most);
  }

  /** The place of a cursor, of {@code latest}, or of nothing. */
  public Place place(@Nullable String after, FeedFilter filter) throws SQLException {
    if (after == null) {
      return reader.earliest();
    }
    return after.equals(LATEST) ? reader.latest() : cursors.require(after, filter);
  }

  /**
   * The position to begin at, of a cursor for these filters or for none, or of {@code latest}.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when it is a cursor of something else, or
   *     what follows it is not there any more
   */
  public long begin(String after, FeedFilter filter) throws SQLException {
    Place place =
        after.equals(LATEST)
            ? reader.latest()
            : cursors.open(after, filter).orElseGet(() -> cursors.require(after, FeedFilter.ALL));
    var unused = follow(new Query(place, FeedFilter.ALL, 1));
    return place.position();
  }

  /**
   * What follows.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 410 when it is not there any more
   */
  public FeedReader.Slice.Entries follow(Query query) throws SQLException {
    return switch (reader.read(query.after(), query.filter(), query.limit())) {
      case FeedReader.Slice.Entries entries -> entries;
      case FeedReader.Slice.Expired expired ->
          throw Problem.CURSOR_GONE.because(
              "What follows the cursor is not kept any more.", "cursor/expired");
      case FeedReader.Slice.Astray astray ->
          throw Problem.CURSOR_GONE.because(
              "The register was restored to a state before the cursor, and has gone on otherwise.",
              "cursor/restored");
    };
  }

  /** The cursor of a place, for a query. */
  public String cursor(Place place, Query query) {
    return cursors.seal(place, query.filter());
  }
}
