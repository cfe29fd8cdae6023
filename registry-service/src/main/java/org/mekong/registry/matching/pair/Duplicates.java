package org.mekong.registry.matching.pair;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.matching.rule.Outcome;

/**
 * The pairs that were found. A score never changes what people decided; without a decision, a pair
 * lapses once nothing speaks for it, and comes back when something does. Works in the caller's
 * transaction.
 */
@ApplicationScoped
public class Duplicates {

  private static final String KEEP =
      """
      insert into duplicate (duplicate_id, person_id, other_id, state, outcome, score, rules,
        findings, provinces, found_at, scored_at)
      values (?, ?, ?, 'open', ?, ?, ?, ?::json, ?, ?, ?)
      on conflict (duplicate_id) do update set outcome = excluded.outcome, score = excluded.score,
        rules = excluded.rules, findings = excluded.findings, provinces = excluded.provinces,
        scored_at = excluded.scored_at,
        state = case when duplicate.state <> 'lapsed' then duplicate.state
          when duplicate.decisions > 0 then 'undecided' else 'open' end""";
  private static final String LOWER =
      """
      update duplicate set outcome = ?, score = ?, rules = ?, findings = ?::json, provinces = ?,
        scored_at = ?, state = case when state = 'open' then 'lapsed' else state end
      where duplicate_id = ?""";
  private static final String LINK =
      "insert into duplicate_of (person_id, duplicate_id) values (?, ?) on conflict do nothing";
  private static final String LAPSE =
      "update duplicate set state = 'lapsed'"
          + " where duplicate_id = ? and state in ('open', 'undecided')";
  private static final String COLUMNS =
      "d.duplicate_id, d.person_id, d.other_id, d.state, d.outcome, d.score, d.rules, d.findings,"
          + " d.decisions, d.found_at, d.scored_at";

  private final Clock clock;

  Duplicates(Clock clock) {
    this.clock = clock;
  }

  /** Keeps scores; of pairs that are none, only where they stand here already. */
  public void put(Connection transaction, Collection<Scored> scored, int rules)
      throws SQLException {
    List<Scored> ordered =
        scored.stream().sorted(Comparator.comparing(score -> score.pair().id())).toList();
    if (ordered.isEmpty()) {
      return;
    }
    OffsetDateTime now = now();
    try (PreparedStatement keep = transaction.prepareStatement(KEEP);
        PreparedStatement lower = transaction.prepareStatement(LOWER);
        PreparedStatement link = transaction.prepareStatement(LINK)) {
      for (Scored score : ordered) {
        boolean none = score.comparison().outcome() == Outcome.NO;
        set(transaction, none ? lower : keep, score, rules, now, none);
        if (!none) {
          for (UUID person : List.of(score.pair().one(), score.pair().other())) {
            link.setObject(1, person);
            link.setObject(2, score.pair().id());
            link.addBatch();
          }
        }
      }
      lower.executeBatch();
      keep.executeBatch();
      link.executeBatch();
    }
  }

  private static void set(
      Connection transaction,
      PreparedStatement statement,
      Scored score,
      int rules,
      OffsetDateTime now,
      boolean lower)
      throws SQLException {
    int next = 1;
    if (!lower) {
      statement.setObject(next++, score.pair().id());
      statement.setObject(next++, score.pair().one());
      statement.setObject(next++, score.pair().other());
    }
    statement.setString(next++, score.comparison().outcome().code());
    statement.setBigDecimal(next++, BigDecimal.valueOf(score.comparison().score()));
    statement.setInt(next++, rules);
    statement.setString(next++, Findings.of(score.comparison()).write());
    statement.setArray(next++, transaction.createArrayOf("text", score.provinces().toArray()));
    statement.setObject(next++, now);
    if (lower) {
      statement.setObject(next, score.pair().id());
    } else {
      statement.setObject(next, now);
    }
    statement.addBatch();
  }

  /** Lets pairs lapse that cannot be compared any more, unless they were decided. */
  public void lapse(Connection transaction, Collection<Pair> pairs) throws SQLException {
    if (pairs.isEmpty()) {
      return;
    }
    try (PreparedStatement lapse = transaction.prepareStatement(LAPSE)) {
      for (UUID id : pairs.stream().map(Pair::id).sorted().toList()) {
        lapse.setObject(1, id);
        lapse.addBatch();
      }
      lapse.executeBatch();
    }
  }

  /** The pairs that somebody stands in. */
  public Set<Pair> of(Connection transaction, UUID personId) throws SQLException {
    return pairs(
        transaction,
        "select d.person_id, d.other_id from duplicate_of o join duplicate d"
            + " on d.duplicate_id = o.duplicate_id where o.person_id = any (?)",
        List.of(personId));
  }

  /** The pairs whose smaller key is one of these. */
  public Set<Pair> ledBy(Connection transaction, Collection<UUID> persons) throws SQLException {
    return pairs(
        transaction,
        "select d.person_id, d.other_id from duplicate_of o join duplicate d"
            + " on d.duplicate_id = o.duplicate_id and d.person_id = o.person_id"
            + " where o.person_id = any (?)",
        persons);
  }

  /** Those of them that were decided. */
  public Set<Pair> decidedLedBy(Connection transaction, Collection<UUID> persons)
      throws SQLException {
    return pairs(
        transaction,
        "select d.person_id, d.other_id from duplicate_of o join duplicate d"
            + " on d.duplicate_id = o.duplicate_id and d.person_id = o.person_id"
            + " where d.state in ('same', 'different') and o.person_id = any (?)",
        persons);
  }

  private static Set<Pair> pairs(Connection transaction, String query, Collection<UUID> persons)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(query)) {
      select.setArray(1, transaction.createArrayOf("uuid", persons.toArray()));
      Set<Pair> pairs = new HashSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          pairs.add(new Pair(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
        }
      }
      return pairs;
    }
  }

  /** A pair; held until the transaction ends where {@code hold}. */
  public Optional<Duplicate> find(Connection transaction, UUID id, boolean hold)
      throws SQLException {
    String query =
        "select "
            + COLUMNS
            + " from duplicate d where d.duplicate_id = ?"
            + (hold ? " for update" : "");
    try (PreparedStatement select = transaction.prepareStatement(query)) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    }
  }

  /** One page of the queue, the highest score first. */
  public List<Duplicate> page(Connection transaction, QueueQuery query) throws SQLException {
    try (PreparedStatement select =
        transaction.prepareStatement("select " + COLUMNS + query.condition())) {
      query.set(select);
      return read(select);
    }
  }

  /** Notes that a pair was decided. */
  public void decide(Connection transaction, UUID id, State state, int decisions)
      throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement(
            "update duplicate set state = ?, decisions = ? where duplicate_id = ?")) {
      update.setString(1, state.code());
      update.setInt(2, decisions);
      update.setObject(3, id);
      update.executeUpdate();
    }
  }

  private static List<Duplicate> read(PreparedStatement select) throws SQLException {
    List<Duplicate> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(
            new Duplicate(
                row.getObject("duplicate_id", UUID.class),
                new Pair(
                    row.getObject("person_id", UUID.class), row.getObject("other_id", UUID.class)),
                State.ofCode(row.getString("state")).orElseThrow(),
                Outcome.ofCode(row.getString("outcome")).orElseThrow(),
                row.getBigDecimal("score"),
                row.getInt("rules"),
                Findings.read(row.getString("findings")),
                row.getInt("decisions"),
                row.getObject("found_at", OffsetDateTime.class).toInstant(),
                row.getObject("scored_at", OffsetDateTime.class).toInstant()));
      }
    }
    return found;
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
