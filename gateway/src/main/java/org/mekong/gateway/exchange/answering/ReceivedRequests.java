package org.mekong.gateway.exchange.answering;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.receipt.LoggedEntry;
import org.mekong.gateway.storage.Rows;
import org.mekong.gateway.storage.Rows.Column;
import org.mekong.log.PendingEntry;

/**
 * The requests that peers have sent, in one table shared by all replicas: the insert itself decides
 * who answers. Every method works in the caller's transaction.
 */
final class ReceivedRequests {

  private static final String INSERT =
      """
      INSERT INTO received_request
        (from_nation, request_id, nonce, digest, received_at, claimed_until, expires_at)
      SELECT came.nation, id, came.nonce, came.digest, ?, ?, expires
      FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[])
        AS came(nation, id, nonce, digest, expires)
      ORDER BY came.nation, id
      ON CONFLICT DO NOTHING RETURNING from_nation, request_id, digest""";
  private static final String TAKE =
      """
      INSERT INTO received_request (from_nation, request_id, nonce, digest, received_at,
        claimed_until, expires_at, request_entry)
      SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[],
        ?::timestamptz[], ?::timestamptz[], ?::text[]) AS came(nation, id) ORDER BY nation, id""";
  private static final String FIND =
      """
      SELECT digest, claimed_until, request_entry, answer, answer_entry, answered_at, counted
      FROM received_request WHERE from_nation = ? AND request_id = ? FOR UPDATE""";
  private static final String CLAIM =
      "UPDATE received_request SET claimed_until = ? WHERE from_nation = ? AND request_id = ?";
  private static final String TAKE_OVER =
      """
      UPDATE received_request SET claimed_until = ?, counted = true
      WHERE from_nation = ? AND request_id = ?""";
  private static final String UNCOUNT =
      """
      UPDATE received_request SET claimed_until = ?, counted = false
      WHERE from_nation = ? AND request_id = ? AND answered_at IS NULL""";
  private static final String ANSWER =
      """
      UPDATE received_request SET answer = given.answer, answered_at = at,
        answer_entry = CASE WHEN answered_at IS NULL THEN entry END
      FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[])
        AS given(nation, id, answer, entry, at)
      WHERE from_nation = nation AND request_id = id""";
  private static final String REQUEST_ENTRY =
      """
      UPDATE received_request SET request_entry = entry
      FROM unnest(?::text[], ?::uuid[], ?::text[]) AS logged(nation, id, entry)
      WHERE from_nation = nation AND request_id = id""";
  private static final String ERASE_ANSWERS =
      """
      UPDATE received_request SET answer = NULL
      WHERE answer IS NOT NULL AND answered_at < ? AND (expires_at IS NULL OR expires_at < ?)""";
  private static final String FORGET =
      """
      DELETE FROM received_request
      WHERE received_at < ? AND (expires_at IS NULL OR expires_at < ?)""";

  private ReceivedRequests() {}

  /** A request that a peer has sent. */
  record Came(ExchangeRequest request, String digest) {

    private Object key() {
      return List.of(request.from(), request.requestId(), digest);
    }

    private @Nullable String expires() {
      Long expires = request.expires();
      return expires == null ? null : Instant.ofEpochSecond(expires).toString();
    }
  }

  /** A request that is new, for all that is known, and is claimed. */
  record Taken(Came came, Instant at, Instant until, PendingEntry entry) {}

  /**
   * Takes up requests; a violation of a constraint (class 23) where one of them came before. {@link
   * #admit} says which then.
   */
  static PendingEntry.Companion take(List<Taken> requests) {
    return new Rows<>(
        TAKE,
        requests,
        List.of(
            new Column<>("text", each -> each.came().request().from()),
            new Column<>("uuid", each -> each.came().request().requestId()),
            new Column<>("text", each -> each.came().request().nonce()),
            new Column<>("text", each -> each.came().digest()),
            new Column<>("timestamptz", Taken::at),
            new Column<>("timestamptz", Taken::until),
            new Column<>("timestamptz", each -> each.came().expires()),
            new Column<>("text", each -> LoggedEntry.text(each.entry()))));
  }

  /**
   * Admits requests, or says what became of each; new and taken-over ones are claimed.
   *
   * @return in their order
   */
  static List<Admission> admit(
      Connection connection, List<Came> requests, Instant now, Instant until) throws SQLException {
    Set<Object> inserted = insert(connection, requests, now, until);
    List<Admission> admissions = new ArrayList<>();
    for (Came came : requests) {
      admissions.add(
          inserted.remove(came.key())
              ? new Admission.New()
              : find(connection, came.request(), came.digest(), now, until));
    }
    return admissions;
  }

  private static Set<Object> insert(
      Connection connection, List<Came> requests, Instant now, Instant until) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, now.atOffset(ZoneOffset.UTC));
      insert.setObject(2, until.atOffset(ZoneOffset.UTC));
      insert.setArray(3, array(connection, "text", requests, came -> came.request().from()));
      insert.setArray(4, array(connection, "uuid", requests, came -> came.request().requestId()));
      insert.setArray(5, array(connection, "text", requests, came -> came.request().nonce()));
      insert.setArray(6, array(connection, "text", requests, Came::digest));
      insert.setArray(7, array(connection, "timestamptz", requests, Came::expires));
      Set<Object> inserted = new HashSet<>();
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          inserted.add(List.of(row.getString(1), row.getObject(2, UUID.class), row.getString(3)));
        }
      }
      return inserted;
    }
  }

  private static <T> Array array(
      Connection connection, String type, List<T> rows, Function<T, @Nullable Object> column)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column).toArray());
  }

  /** What became of a request that is there already; claims it where nobody is at it. */
  private static Admission find(
      Connection connection, ExchangeRequest request, String digest, Instant now, Instant until)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, request.from());
      select.setObject(2, request.requestId());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || !row.getString("digest").equals(digest)) {
          return new Admission.Replayed();
        }
        String answer = row.getString("answer");
        if (answer != null) {
          return new Admission.Answered(answer, LoggedEntry.parse(row.getString("answer_entry")));
        }
        if (row.getObject("answered_at") != null) {
          return new Admission.Expired();
        }
        if (row.getTimestamp("claimed_until").toInstant().isAfter(now)) {
          return new Admission.InProgress();
        }
        PendingEntry requestEntry = LoggedEntry.parse(row.getString("request_entry"));
        boolean counted = row.getBoolean("counted");
        move(connection, TAKE_OVER, request, until);
        return new Admission.TakenOver(requestEntry, counted);
      }
    }
  }

  /** Whether the identical request has been admitted before; a repeat may come late. */
  static boolean knows(Connection connection, ExchangeRequest request, String digest)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, request.from());
      select.setObject(2, request.requestId());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getString("digest").equals(digest);
      }
    }
  }

  /** Moves the end of a claim; to now, so that a repeat can take over at once. */
  static void claim(Connection connection, ExchangeRequest request, Instant until)
      throws SQLException {
    move(connection, CLAIM, request, until);
  }

  /** Notes that a quota was used up: whoever takes the request over counts it; and may at once. */
  static void uncount(Connection connection, ExchangeRequest request, Instant now)
      throws SQLException {
    move(connection, UNCOUNT, request, now);
  }

  private static void move(
      Connection connection, String sql, ExchangeRequest request, Instant until)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, until.atOffset(ZoneOffset.UTC));
      identify(update, 2, request);
      update.executeUpdate();
    }
  }

  /** What a request was answered, when, and where the answer stands in the log. */
  record Answered(ExchangeRequest request, String answer, PendingEntry entry, Instant at) {}

  /**
   * Keeps answers; a violation of a constraint (class 23) where another has answered in the
   * meantime: then that stands.
   */
  static PendingEntry.Companion answer(List<Answered> answers) {
    return new Rows<>(
        ANSWER,
        answers,
        List.of(
            new Column<>("text", each -> each.request().from()),
            new Column<>("uuid", each -> each.request().requestId()),
            new Column<>("text", Answered::answer),
            new Column<>("text", each -> LoggedEntry.text(each.entry())),
            new Column<>("timestamptz", Answered::at)));
  }

  /** A new request and where its leg stands in the log. */
  record Logged(ExchangeRequest request, PendingEntry entry) {}

  /** Notes where request legs stand in the log. */
  static PendingEntry.Companion requestEntries(List<Logged> logged) {
    return new Rows<>(
        REQUEST_ENTRY,
        logged,
        List.of(
            new Column<>("text", each -> each.request().from()),
            new Column<>("uuid", each -> each.request().requestId()),
            new Column<>("text", each -> LoggedEntry.text(each.entry()))));
  }

  /**
   * Erases answers given before, and forgets requests received before; neither before the end that
   * a request names. Returns how many.
   */
  static int clean(Connection connection, Instant answeredBefore, Instant receivedBefore)
      throws SQLException {
    return update(connection, ERASE_ANSWERS, answeredBefore)
        + update(connection, FORGET, receivedBefore);
  }

  private static int update(Connection connection, String sql, Instant before) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, before.atOffset(ZoneOffset.UTC));
      update.setObject(2, before.atOffset(ZoneOffset.UTC));
      return update.executeUpdate();
    }
  }

  private static void identify(PreparedStatement statement, int at, ExchangeRequest request)
      throws SQLException {
    UUID requestId = request.requestId();
    statement.setString(at, request.from());
    statement.setObject(at + 1, requestId);
  }
}
