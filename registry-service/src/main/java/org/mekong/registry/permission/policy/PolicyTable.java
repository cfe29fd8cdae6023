package org.mekong.registry.permission.policy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of {@code policy}: one for each version of each thing, none of which is ever changed. */
public final class PolicyTable {

  private static final String COLUMNS =
      "select code, version, content, ended, changed_by, changed_at from policy";
  private static final String NEWEST =
      COLUMNS + " where kind = ? and code = ? order by version desc limit 1";
  private static final String VERSIONS =
      COLUMNS + " where kind = ? and code = ? and version < ? order by version desc limit ?";
  private static final String PAGE =
      """
      select * from (
        select distinct on (code) code, version, content, ended, changed_by, changed_at from policy
        where kind = ? and code > ? order by code, version desc) newest
      order by code limit ?""";
  private static final String ALL =
      """
      select kind, content from (
        select distinct on (kind, code) kind, code, content, ended from policy
        order by kind, code, version desc) newest
      where not ended order by kind, code""";
  private static final String INSERT =
      "insert into policy (kind, code, version, content, ended, changed_by, changed_at)"
          + " values (?, ?, ?, ?::json, ?, ?, ?)";

  private PolicyTable() {}

  /** What a thing that holds now is, in JSON. */
  record Holding(String kind, String content) {}

  /** Lets one change of the policy be made at a time, until the transaction ends. */
  public static void lock(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(hashtext('policy'))");
    }
  }

  /** All that hold now, read by one statement and so of one moment. */
  static List<Holding> all(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(ALL)) {
      List<Holding> all = new ArrayList<>();
      while (rows.next()) {
        all.add(new Holding(rows.getString("kind"), rows.getString("content")));
      }
      return all;
    }
  }

  /** The newest version of one. */
  public static Optional<Stored> find(Connection connection, PolicyKind kind, String code)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
      select.setString(1, kind.word());
      select.setString(2, code);
      return stored(select).stream().findFirst();
    }
  }

  /** Versions of one below a version, the newest first. */
  public static List<Stored> versions(
      Connection connection, PolicyKind kind, String code, int below, int most)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(VERSIONS)) {
      select.setString(1, kind.word());
      select.setString(2, code);
      select.setInt(3, below);
      select.setInt(4, most);
      return stored(select);
    }
  }

  /** The newest versions by code, ended ones among them, after a code. */
  public static List<Stored> page(Connection connection, PolicyKind kind, String after, int most)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setString(1, kind.word());
      select.setString(2, after);
      select.setInt(3, most);
      return stored(select);
    }
  }

  /** Adds a version. */
  public static void insert(Connection transaction, PolicyKind kind, Stored version)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setString(1, kind.word());
      insert.setString(2, version.code());
      insert.setInt(3, version.version());
      insert.setString(4, version.content());
      insert.setBoolean(5, version.ended());
      insert.setString(6, version.changedBy());
      insert.setObject(7, version.changedAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  private static List<Stored> stored(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<Stored> found = new ArrayList<>();
      while (rows.next()) {
        found.add(
            new Stored(
                rows.getString("code"),
                rows.getInt("version"),
                rows.getString("content"),
                rows.getBoolean("ended"),
                rows.getString("changed_by"),
                rows.getObject("changed_at", OffsetDateTime.class).toInstant()));
      }
      return found;
    }
  }
}
