package org.mekong.gateway.agreement.shadow;

import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.shadow.ShadowReport.Change;
import org.mekong.gateway.storage.Transactions;

/** The counts of versions in shadow, shared by all replicas; each writes its own every 5 s. */
@ApplicationScoped
public class ShadowCounts {

  private static final Logger LOG = Logger.getLogger(ShadowCounts.class);
  private static final int LONGEST_NAME = 200;

  private static final String START =
      """
      INSERT INTO agreement_shadow (id, version, since) VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, since = EXCLUDED.since""";
  private static final String ADD =
      """
      INSERT INTO shadow_count AS kept
        (id, version, from_nation, to_nation, purpose, agency_class, kind, rule, shadow_rule,
         effect, count)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT
        (id, version, from_nation, to_nation, purpose, agency_class, kind, rule, shadow_rule, effect)
      DO UPDATE SET count = kept.count + EXCLUDED.count""";
  private static final String READ =
      """
      SELECT from_nation, to_nation, purpose, agency_class, kind, rule, shadow_rule, effect, count
      FROM shadow_count WHERE id = ? AND version = ?
      ORDER BY count DESC, purpose, agency_class, kind, rule, shadow_rule""";

  private final Transactions transactions;
  private final AgreementBook book;

  @Inject
  public ShadowCounts(Transactions transactions, AgreementBook book) {
    this.transactions = transactions;
    this.book = book;
  }

  /** Puts a version in shadow in place of another one of the agreement, counting from zero. */
  public static void start(Connection connection, AgreementReference reference, Instant now)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM shadow_count WHERE id = ? AND version = ?")) {
      identify(delete, reference);
      delete.executeUpdate();
    }
    try (PreparedStatement insert = connection.prepareStatement(START)) {
      identify(insert, reference);
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Ends the shadow; false where this version is not tried. */
  public static boolean end(Connection connection, AgreementReference reference)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM agreement_shadow WHERE id = ? AND version = ?")) {
      identify(delete, reference);
      return delete.executeUpdate() == 1;
    }
  }

  /** Since when this version is tried; null where it is not. */
  public static @Nullable Instant since(Connection connection, AgreementReference reference)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT since FROM agreement_shadow WHERE id = ? AND version = ?")) {
      identify(select, reference);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : null;
      }
    }
  }

  /** What a version would change, as far as replicas have written it. */
  public ShadowReport report(AgreementReference reference) throws SQLException {
    flush();
    return transactions.in(connection -> read(connection, reference));
  }

  @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void flush() throws SQLException {
    List<ShadowTally.Counted> counted = book.tally().drain();
    if (counted.isEmpty()) {
      return;
    }
    try {
      transactions.in(connection -> add(connection, counted));
    } catch (SQLException e) {
      book.tally().restore(counted);
      throw e;
    }
  }

  @PreDestroy
  void close() {
    try {
      flush();
    } catch (SQLException e) {
      LOG.warn("The last counts of a version in shadow are lost", e);
    }
  }

  private static boolean add(Connection connection, List<ShadowTally.Counted> counted)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      for (ShadowTally.Counted each : counted) {
        ShadowTally.Row row = each.row();
        identify(insert, row.shadow());
        insert.setString(3, row.from());
        insert.setString(4, row.to());
        insert.setString(5, shortened(row.purpose()));
        insert.setString(6, shortened(row.agencyClass()));
        insert.setString(7, row.kind());
        insert.setString(8, shortened(row.rule()));
        insert.setString(9, shortened(row.shadowRule()));
        insert.setString(10, row.effect().wireName());
        insert.setLong(11, each.count());
        insert.addBatch();
      }
      insert.executeBatch();
      return true;
    }
  }

  private static ShadowReport read(Connection connection, AgreementReference reference)
      throws SQLException {
    Instant since = since(connection, reference);
    long decisions = 0;
    long changed = 0;
    var changes = new ArrayList<Change>();
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      identify(select, reference);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Effect effect = Effect.of(row.getString("effect"));
          long count = row.getLong("count");
          decisions += count;
          if (effect != Effect.NONE) {
            changed += count;
            changes.add(change(row, effect, count));
          }
        }
      }
    }
    return new ShadowReport(
        reference.id(), reference.version(), since != null, since, decisions, changed, changes);
  }

  private static Change change(ResultSet row, Effect effect, long count) throws SQLException {
    return new Change(
        row.getString("from_nation"),
        row.getString("to_nation"),
        row.getString("purpose"),
        row.getString("agency_class"),
        row.getString("kind"),
        row.getString("rule"),
        row.getString("shadow_rule"),
        effect,
        count);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private static void identify(PreparedStatement statement, AgreementReference reference)
      throws SQLException {
    statement.setString(1, reference.id());
    statement.setInt(2, reference.version());
  }
}
