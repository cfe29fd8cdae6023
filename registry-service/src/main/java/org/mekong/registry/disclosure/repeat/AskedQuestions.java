package org.mekong.registry.disclosure.repeat;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mekong.log.PendingEntry;

/**
 * The gateway's questions that were answered, in one table shared by all replicas. Every method
 * works in the caller's transaction, which is the one that records the disclosure.
 */
@ApplicationScoped
public class AskedQuestions {

  private static final int SALT_BYTES = 16;
  private static final String REMEMBER =
      """
      insert into asked_question (country, request_id, salt, digest, asked_at, found, entries)
      select c1, c2, c3, c4, ?, c5, c6
      from unnest(?::text[], ?::uuid[], ?::bytea[], ?::bytea[], ?::text[], ?::text[])
        as many (c1, c2, c3, c4, c5, c6)""";
  private static final String FIND =
      """
      select salt, digest, found, entries from asked_question
      where country = ? and request_id = ? for update""";
  private static final String REPLACE =
      """
      update asked_question set found = ?, entries = ?, asked_at = ?
      where country = ? and request_id = ?""";

  private final SecureRandom random = new SecureRandom();

  /** A question with what it has found. */
  public record Answered(AskedQuestion question, FirstAnswer answer) {}

  /** What is known of a question that was asked before. */
  public sealed interface Before {
    /** The same was asked. */
    record Same(FirstAnswer answer) implements Before {}

    /** Another question was asked under its id. */
    record Other() implements Before {}
  }

  /**
   * Remembers questions as answered.
   *
   * @return what does it; a violation of a constraint (class 23) when one of their ids was used
   *     before
   */
  public PendingEntry.Companion remember(List<Answered> answered, Instant now) {
    List<byte[]> salts = new ArrayList<>();
    List<byte[]> digests = new ArrayList<>();
    for (Answered each : answered) {
      byte[] salt = new byte[SALT_BYTES];
      random.nextBytes(salt);
      salts.add(salt);
      digests.add(each.question().digest(salt));
    }
    return new Remembering(answered, salts, digests, now);
  }

  private record Remembering(
      List<Answered> answered, List<byte[]> salts, List<byte[]> digests, Instant now)
      implements PendingEntry.Companion {

    @Override
    public String sql() {
      return REMEMBER;
    }

    @Override
    public int bind(PreparedStatement insert, int from) throws SQLException {
      Connection connection = insert.getConnection();
      insert.setObject(from, now.atOffset(ZoneOffset.UTC));
      insert.setArray(from + 1, column(connection, "text", each -> each.question().country()));
      insert.setArray(from + 2, column(connection, "uuid", each -> each.question().requestId()));
      insert.setArray(from + 3, connection.createArrayOf("bytea", salts.toArray(byte[][]::new)));
      insert.setArray(from + 4, connection.createArrayOf("bytea", digests.toArray(byte[][]::new)));
      insert.setArray(from + 5, column(connection, "text", each -> each.answer().foundText()));
      insert.setArray(from + 6, column(connection, "text", each -> each.answer().entriesText()));
      return from + 7;
    }

    private Array column(Connection connection, String type, Function<Answered, Object> value)
        throws SQLException {
      return connection.createArrayOf(type, answered.stream().map(value).toArray());
    }

    /** Nothing of what it holds is for logs. */
    @Override
    public String toString() {
      return "Remembering[" + answered.size() + "]";
    }
  }

  /** What is known of a question; empty where its id is new. */
  public Optional<Before> find(Connection transaction, AskedQuestion question) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(FIND)) {
      select.setString(1, question.country());
      select.setObject(2, question.requestId());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        byte[] digest = question.digest(row.getBytes("salt"));
        return Optional.of(
            MessageDigest.isEqual(digest, row.getBytes("digest"))
                ? new Before.Same(
                    FirstAnswer.parse(row.getString("found"), row.getString("entries")))
                : new Before.Other());
      }
    }
  }

  /** Remembers the newest of what a question has found. */
  public void replace(Connection transaction, Answered answered, Instant now) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(REPLACE)) {
      update.setString(1, answered.answer().foundText());
      update.setString(2, answered.answer().entriesText());
      update.setObject(3, now.atOffset(ZoneOffset.UTC));
      update.setString(4, answered.question().country());
      update.setObject(5, answered.question().requestId());
      update.executeUpdate();
    }
  }
}
