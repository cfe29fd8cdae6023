package org.mekong.identity.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Problem;

/**
 * Does what an administrator asks, once: the deed, its entry in the journal and its answer under
 * the caller's Idempotency-Key are one transaction, and the same request gets the same answer
 * again.
 */
@Singleton
public class AdministrativeActs {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private final Journal journal;
  private final ObjectMapper json;
  private final Clock clock;

  AdministrativeActs(Journal journal, ObjectMapper json, Clock clock) {
    this.journal = journal;
    this.json = json;
    this.clock = clock;
  }

  /**
   * What came of an act.
   *
   * @param status 201 when something was made, 200 when it was there already
   * @param view what is answered
   */
  public record Outcome(int status, Object view) {}

  private record Answer(int status, String body) {}

  /**
   * Performs an act.
   *
   * @param caller client id of the administrator
   * @param key Idempotency-Key, if sent
   * @param request what is asked, to tell a replay from another request under the same key
   */
  public Response perform(
      String caller, @Nullable String key, Object request, Journal.Deed<Outcome> act) {
    if (key != null && !KEY.matcher(key).matches()) {
      throw Problem.MALFORMED_REQUEST.because(
          "The Idempotency-Key must be 1 to 200 visible ASCII characters.");
    }
    byte[] digest = digest(write(request));
    Answer answer =
        journal.transact(
            transaction -> {
              Optional<Answer> first =
                  key == null ? Optional.empty() : find(transaction, caller, key, digest);
              if (first.isPresent()) {
                return first.get();
              }
              Outcome outcome = act.in(transaction);
              Answer made = new Answer(outcome.status(), write(outcome.view()));
              if (key != null) {
                remember(transaction, caller, key, digest, made);
              }
              return made;
            });
    return Response.status(answer.status())
        .entity(answer.body())
        .type(MediaType.APPLICATION_JSON)
        .build();
  }

  private static Optional<Answer> find(
      Transaction transaction, String caller, String key, byte[] digest) throws SQLException {
    try (PreparedStatement lock =
        transaction
            .connection()
            .prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, caller + ' ' + key); // simultaneous replays come one after the other
      lock.execute();
    }
    try (PreparedStatement select =
        transaction
            .connection()
            .prepareStatement(
                "SELECT request_digest, status, answer FROM idempotency"
                    + " WHERE caller = ? AND idempotency_key = ?")) {
      select.setString(1, caller);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        if (!Arrays.equals(row.getBytes(1), digest)) {
          throw Problem.IDEMPOTENCY_KEY_REUSED.because(
              "This Idempotency-Key came with another request before.");
        }
        return Optional.of(new Answer(row.getInt(2), row.getString(3)));
      }
    }
  }

  private void remember(
      Transaction transaction, String caller, String key, byte[] digest, Answer answer)
      throws SQLException {
    try (PreparedStatement insert =
        transaction
            .connection()
            .prepareStatement(
                "INSERT INTO idempotency"
                    + " (caller, idempotency_key, request_digest, status, answer, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, caller);
      insert.setString(2, key);
      insert.setBytes(3, digest);
      insert.setInt(4, answer.status());
      insert.setString(5, answer.body());
      insert.setObject(6, clock.instant().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record of our own", impossible);
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
