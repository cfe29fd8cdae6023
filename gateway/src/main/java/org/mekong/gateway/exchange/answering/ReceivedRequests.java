package org.mekong.gateway.exchange.answering;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.receipt.LoggedEntry;
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
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
  private static final String FIND =
      """
      SELECT digest, claimed_until, request_entry, answer, answer_entry, answered_at
      FROM received_request WHERE from_nation = ? AND request_id = ? FOR UPDATE""";
  private static final String CLAIM =
      "UPDATE received_request SET claimed_until = ? WHERE from_nation = ? AND request_id = ?";
  private static final String ANSWER =
      """
      UPDATE received_request SET answer = ?, answer_entry = ?, answered_at = ?
      WHERE from_nation = ? AND request_id = ? AND answered_at IS NULL""";
  private static final String REQUEST_ENTRY =
      "UPDATE received_request SET request_entry = ? WHERE from_nation = ? AND request_id = ?";
  private static final String ERASE_ANSWERS =
      """
      UPDATE received_request SET answer = NULL
      WHERE answer IS NOT NULL AND answered_at < ? AND (expires_at IS NULL OR expires_at < ?)""";
  private static final String FORGET =
      """
      DELETE FROM received_request
      WHERE received_at < ? AND (expires_at IS NULL OR expires_at < ?)""";

  private ReceivedRequests() {}

  /** Admits a request, or says what became of it; a new and a taken-over one are claimed. */
  static Admission admit(
      Connection connection, ExchangeRequest request, String digest, Instant now, Instant until)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, request.from());
      insert.setObject(2, request.requestId());
      insert.setString(3, request.nonce());
      insert.setString(4, digest);
      insert.setObject(5, now.atOffset(ZoneOffset.UTC));
      insert.setObject(6, until.atOffset(ZoneOffset.UTC));
      insert.setObject(7, expires(request));
      if (insert.executeUpdate() == 1) {
        return new Admission.New();
      }
    }
    return find(connection, request, digest, now, until);
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
        claim(connection, request, until);
        return new Admission.TakenOver(requestEntry);
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
    try (PreparedStatement update = connection.prepareStatement(CLAIM)) {
      update.setObject(1, until.atOffset(ZoneOffset.UTC));
      identify(update, 2, request);
      update.executeUpdate();
    }
  }

  /**
   * Keeps the answer.
   *
   * @return false when another has answered in the meantime: then that answer stands
   */
  static boolean answer(
      Connection connection,
      ExchangeRequest request,
      String answer,
      PendingEntry entry,
      Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ANSWER)) {
      update.setString(1, answer);
      update.setString(2, LoggedEntry.text(entry));
      update.setObject(3, now.atOffset(ZoneOffset.UTC));
      identify(update, 4, request);
      return update.executeUpdate() == 1;
    }
  }

  /** Notes where the request leg stands in the log. */
  static void requestEntry(Connection connection, ExchangeRequest request, PendingEntry entry)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(REQUEST_ENTRY)) {
      update.setString(1, LoggedEntry.text(entry));
      identify(update, 2, request);
      update.executeUpdate();
    }
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

  private static @Nullable OffsetDateTime expires(ExchangeRequest request) {
    Long expires = request.expires();
    return expires == null ? null : Instant.ofEpochSecond(expires).atOffset(ZoneOffset.UTC);
  }

  private static void identify(PreparedStatement statement, int at, ExchangeRequest request)
      throws SQLException {
    UUID requestId = request.requestId();
    statement.setString(at, request.from());
    statement.setObject(at + 1, requestId);
  }
}
