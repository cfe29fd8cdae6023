package org.mekong.registry.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.FeedEntry.Place;

/**
 * Reads the feed. Every read is of one snapshot, so that what retention removes meanwhile is not
 * passed over unseen. Thread-safe.
 */
@ApplicationScoped
public class FeedReader {

  /** Entries that one read looks at: a filter that fits few does not read the whole feed. */
  static final int WINDOW = 50_000;

  private static final String COLUMNS =
      "c.position, c.person_id, c.event_id, c.type, c.province, c.recorded_at";
  private static final String STAND = "select position, first from change_feed where id = 1";
  private static final String ONE =
      "select " + COLUMNS + " from change_entry c where c.position = ?";
  private static final String SHOWN =
      "select "
          + COLUMNS
          + " from change_entry c where c.position > ? and c.position <= ?"
          + " and (c.type = 'withdrawn' or not exists"
          + " (select from change_hidden h where h.person_id = c.person_id))";
  private static final String OF_TYPES = " and c.type = any (?)";
  private static final String OF_PROVINCES =
      " and (c.province = any (?) or c.left_province = any (?))";
  private static final String ORDER = " order by c.position limit ?";

  private final DataSource database;

  /** Of the feed in a database. */
  public FeedReader(DataSource database) {
    this.database = database;
  }

  /**
   * Where the feed stands.
   *
   * @param position of the last entry
   * @param first position of the first entry that is kept, or that will be
   */
  public record Stand(long position, long first) {}

  /** What a read came to. */
  public sealed interface Slice {

    /**
     * What follows a place.
     *
     * @param next behind the last entry that was looked at, whether it fits or not
     * @param more whether there is more to be had now
     */
    record Entries(List<FeedEntry> entries, Place next, boolean more) implements Slice {
      public Entries {
        entries = List.copyOf(entries);
      }
    }

    /** What followed the place is not kept any more. */
    record Expired() implements Slice {}

    /** The feed does not hold what the place stands behind: it was restored, and went on. */
    record Astray() implements Slice {}
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Connection snapshot) throws SQLException;
  }

  /** Where the feed stands. */
  public Stand stand() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return stand(connection);
    }
  }

  /** The place behind the last entry. */
  public Place latest() throws SQLException {
    return inSnapshot(snapshot -> place(snapshot, stand(snapshot).position()));
  }

  /** The place before the first entry that is kept. */
  public Place earliest() throws SQLException {
    return inSnapshot(snapshot -> place(snapshot, stand(snapshot).first() - 1));
  }

  /** Reads what follows a position of this very database. */
  public Slice behind(long position, FeedFilter filter, int limit) throws SQLException {
    return inSnapshot(snapshot -> slice(snapshot, place(snapshot, position), filter, limit));
  }

  /** Reads what follows a place. */
  public Slice read(Place after, FeedFilter filter, int limit) throws SQLException {
    return inSnapshot(snapshot -> slice(snapshot, after, filter, limit));
  }

  private static Slice slice(Connection snapshot, Place after, FeedFilter filter, int limit)
      throws SQLException {
    Stand stand = stand(snapshot);
    if (after.position() > stand.position()) {
      return new Slice.Astray();
    }
    if (after.position() < stand.first() - 1) {
      return new Slice.Expired();
    }
    Optional<FeedEntry> before = one(snapshot, after.position());
    if (before.isPresent() && !before.get().place().equals(after)) {
      return new Slice.Astray();
    }
    long end = Math.min(after.position() + WINDOW, stand.position());
    List<FeedEntry> entries = shown(snapshot, after.position(), end, filter, limit);
    Place next = entries.size() == limit ? entries.getLast().place() : place(snapshot, end);
    return new Slice.Entries(entries, next, next.position() < stand.position());
  }

  /** The entries of a stretch that are shown now; nothing when it is not kept any more. */
  public Optional<List<FeedEntry>> between(long after, long last, FeedFilter filter)
      throws SQLException {
    return inSnapshot(
        snapshot ->
            after < stand(snapshot).first() - 1
                ? Optional.empty()
                : Optional.of(shown(snapshot, after, last, filter, Math.toIntExact(last - after))));
  }

  private static Stand stand(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(STAND);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Stand(row.getLong(1), row.getLong(2));
    }
  }

  private static Place place(Connection snapshot, long position) throws SQLException {
    return one(snapshot, position).map(FeedEntry::place).orElse(new Place(position, 0));
  }

  private static Optional<FeedEntry> one(Connection snapshot, long position) throws SQLException {
    try (PreparedStatement select = snapshot.prepareStatement(ONE)) {
      select.setLong(1, position);
      return read(select).stream().findFirst();
    }
  }

  private static List<FeedEntry> shown(
      Connection snapshot, long after, long last, FeedFilter filter, int limit)
      throws SQLException {
    String query =
        SHOWN
            + (filter.types().isEmpty() ? "" : OF_TYPES)
            + (filter.provinces().isEmpty() ? "" : OF_PROVINCES)
            + ORDER;
    try (PreparedStatement select = snapshot.prepareStatement(query)) {
      int next = 1;
      select.setLong(next++, after);
      select.setLong(next++, last);
      if (!filter.types().isEmpty()) {
        select.setArray(next++, snapshot.createArrayOf("text", filter.types().toArray()));
      }
      if (!filter.provinces().isEmpty()) {
        Object[] provinces = filter.provinces().toArray();
        select.setArray(next++, snapshot.createArrayOf("text", provinces));
        select.setArray(next++, snapshot.createArrayOf("text", provinces));
      }
      select.setInt(next, limit);
      return read(select);
    }
  }

  private static List<FeedEntry> read(PreparedStatement select) throws SQLException {
    List<FeedEntry> entries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        @Nullable String province = row.getString(5);
        entries.add(
            new FeedEntry(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class),
                row.getString(4),
                province,
                row.getObject(6, OffsetDateTime.class).toInstant()));
      }
    }
    return entries;
  }

  private <T> T inSnapshot(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        try (Statement statement = connection.createStatement()) {
          statement.execute("set transaction isolation level repeatable read, read only");
        }
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }
}
