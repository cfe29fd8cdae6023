package org.mekong.registry.matching.rule;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the rules, and the one in force. Every write of a person asks, so what is in
 * force is remembered for a short while; rules put in force at another replica hold here after at
 * most that long.
 */
@ApplicationScoped
public class RuleSets {

  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final String IN_FORCE =
      "select r.version, r.content from match_rules r where r.version ="
          + " (select version from match_rules_in_force order by since desc limit 1)";
  private static final String SELECT =
      "select version, content, created_by, created_at,"
          + " (select version from match_rules_in_force order by since desc limit 1) as in_force"
          + " from match_rules";

  private final DataSource database;
  private final Clock clock;
  private final ConcurrentMap<Integer, RuleSet> read = new ConcurrentHashMap<>();
  private volatile @Nullable Remembered remembered;

  RuleSets(DataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A version of the rules. */
  public record Versioned(int version, RuleSet rules) {}

  /**
   * A version with where it comes from.
   *
   * @param inForce whether pairs are judged by it now
   */
  public record Stored(
      int version, RuleSet rules, String createdBy, Instant createdAt, boolean inForce) {}

  private record Remembered(Versioned rules, Instant until) {}

  /** A register that has no rules yet gets the first ones. */
  void start(@Observes @Priority(1) StartupEvent event) throws SQLException {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      lock(transaction);
      if (list(transaction, Integer.MAX_VALUE, 1).isEmpty()) {
        int version = add(transaction, FirstRules.read(), "release");
        putInForce(transaction, version, "release");
      }
      transaction.commit();
    }
  }

  /** The rules in force. */
  public Versioned inForce(Connection connection) throws SQLException {
    Remembered now = remembered;
    if (now == null || clock.instant().isAfter(now.until)) {
      now = new Remembered(readInForce(connection), clock.instant().plus(REMEMBERED));
      remembered = now;
    }
    return now.rules;
  }

  private static Versioned readInForce(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(IN_FORCE)) {
      if (!row.next()) {
        throw new SQLException("No rules of matching are in force");
      }
      return new Versioned(row.getInt(1), FirstRules.parse(row.getString(2)));
    }
  }

  /** A version's rules. */
  public RuleSet rules(Connection connection, int version) throws SQLException {
    RuleSet known = read.get(version);
    if (known == null) {
      known =
          find(connection, version)
              .orElseThrow(() -> new SQLException("There is no version of these rules"))
              .rules();
      read.put(version, known);
    }
    return known;
  }

  /** Versions below one, the newest first. */
  List<Stored> list(Connection connection, int below, int most) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " where version < ? order by version desc limit ?")) {
      select.setInt(1, below);
      select.setInt(2, most);
      return stored(select);
    }
  }

  /** One version. */
  public Optional<Stored> find(Connection connection, int version) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " where version = ?")) {
      select.setInt(1, version);
      return stored(select).stream().findFirst();
    }
  }

  /** Keeps rules as the next version, which is not in force yet. */
  public int add(Connection transaction, RuleSet rules, String by) throws SQLException {
    lock(transaction);
    try (PreparedStatement insert =
        transaction.prepareStatement(
            "insert into match_rules (version, content, created_by, created_at)"
                + " select coalesce(max(version), 0) + 1, ?::json, ?, ? from match_rules"
                + " returning version")) {
      insert.setString(1, FirstRules.text(rules));
      insert.setString(2, by);
      insert.setObject(3, now());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Judges by a version from now on. What was decided stays decided. */
  public void putInForce(Connection transaction, int version, String by) throws SQLException {
    lock(transaction);
    try (PreparedStatement insert =
        transaction.prepareStatement(
            "insert into match_rules_in_force (since, version, set_by) values (?, ?, ?)"
                + " on conflict (since) do update set version = excluded.version")) {
      insert.setObject(1, now());
      insert.setInt(2, version);
      insert.setString(3, by);
      insert.executeUpdate();
    }
    remembered = null;
  }

  /** Forgets what is remembered, once a change is committed. */
  public void forget() {
    remembered = null;
  }

  private static void lock(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("lock table match_rules in share row exclusive mode");
    }
  }

  private static List<Stored> stored(PreparedStatement select) throws SQLException {
    List<Stored> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        int version = row.getInt("version");
        found.add(
            new Stored(
                version,
                FirstRules.parse(row.getString("content")),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                version == row.getInt("in_force")));
      }
    }
    return found;
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
