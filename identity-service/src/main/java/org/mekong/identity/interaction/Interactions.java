package org.mekong.identity.interaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.ParseException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.Secrets;
import org.mekong.identity.page.Language;

/** What is under way; each is found by its id together with the secret of its browser. */
@Singleton
public class Interactions {
  /** How long a person may take. */
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final TypeReference<Map<String, List<String>>> PARAMETERS =
      new TypeReference<>() {};
  private static final String INSERT =
      "INSERT INTO interaction (digest, browser_digest, pushed_digest, client_id, request, dpop_jkt,"
          + " language, created_at, expires_at) VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)";
  private static final String SELECT =
      "SELECT pushed_digest, request, dpop_jkt, language, session_id, consent,"
          + " consent_of, expires_at FROM interaction"
          + " WHERE digest = ? AND browser_digest = ? AND expires_at > ?";

  private final ObjectMapper json;
  private final Clock clock;

  Interactions(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /** Shows a pushed request to whoever sits at a browser. */
  public Interaction begin(
      Connection connection, Pushed pushed, String browserSecret, Language language)
      throws SQLException {
    String id = Secrets.next();
    Instant now = clock.instant();
    Instant until = now.plus(LIFETIME);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setBytes(1, Secrets.digest(id));
      insert.setBytes(2, Secrets.digest(browserSecret));
      insert.setBytes(3, HexFormat.of().parseHex(pushed.key()));
      insert.setString(4, pushed.asked().clientId());
      insert.setString(5, write(pushed.asked()));
      insert.setString(6, pushed.dpopJkt().orElse(null));
      insert.setString(7, language.code());
      insert.setObject(8, utc(now));
      insert.setObject(9, utc(until));
      insert.executeUpdate();
    }
    return new Interaction(id, pushed, language, Optional.empty(), Optional.empty(), until);
  }

  /** What is under way in a browser under an id. */
  public Optional<Interaction> find(
      Connection connection, @Nullable String id, Optional<String> browserSecret)
      throws SQLException {
    if (id == null || browserSecret.isEmpty()) {
      return Optional.empty();
    }
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setBytes(1, Secrets.digest(id));
      select.setBytes(2, Secrets.digest(browserSecret.get()));
      select.setObject(3, utc(clock.instant()));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(id, row)) : Optional.empty();
      }
    }
  }

  /** Goes on in another language. */
  public void speak(Connection connection, Interaction interaction, Language language)
      throws SQLException {
    update(connection, interaction, "language = ?", language.code());
  }

  /** Remembers that somebody signed in here, into a session. */
  public void signedIn(Connection connection, Interaction interaction, UUID sessionId)
      throws SQLException {
    update(connection, interaction, "session_id = ?", sessionId);
  }

  /** Remembers what somebody decided. */
  public void decided(Connection connection, Interaction interaction, Interaction.Decided decision)
      throws SQLException {
    update(
        connection,
        interaction,
        "consent = '" + (decision.granted() ? "granted" : "denied") + "', consent_of = ?",
        decision.accountId().orElse(null));
  }

  /** Forgets everything that is under way for a request, in whatever browser. */
  public void end(Connection connection, Pushed pushed) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM interaction WHERE pushed_digest = ?")) {
      delete.setBytes(1, HexFormat.of().parseHex(pushed.key()));
      delete.executeUpdate();
    }
  }

  /** The request as it is kept: its parameters, in the form of RFC 6749 appendix B. */
  public String write(AskedFor asked) {
    try {
      return json.writeValueAsString(asked.request().toParameters());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts of our own", impossible);
    }
  }

  /** Reads a request that was kept. */
  public AskedFor read(String kept) throws SQLException {
    try {
      return AskedFor.of(json.readValue(kept, PARAMETERS));
    } catch (JsonProcessingException | ParseException damaged) {
      throw new SQLException("a stored request is damaged", damaged);
    }
  }

  private void update(
      Connection connection, Interaction interaction, String what, @Nullable Object value)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE interaction SET " + what + " WHERE digest = ?")) {
      if (value instanceof String text) {
        update.setString(1, text);
      } else {
        update.setObject(1, value, Types.OTHER);
      }
      update.setBytes(2, Secrets.digest(interaction.id()));
      update.executeUpdate();
    }
  }

  private Interaction read(String id, ResultSet row) throws SQLException {
    Instant until = row.getObject("expires_at", OffsetDateTime.class).toInstant();
    Pushed pushed =
        new Pushed(
            HexFormat.of().formatHex(row.getBytes("pushed_digest")),
            read(row.getString("request")),
            Optional.ofNullable(row.getString("dpop_jkt")),
            until);
    String consent = row.getString("consent");
    UUID consentOf = row.getObject("consent_of", UUID.class);
    return new Interaction(
        id,
        pushed,
        Language.of(row.getString("language")).orElseThrow(),
        Optional.ofNullable(row.getObject("session_id", UUID.class)),
        consent == null
            ? Optional.empty()
            : Optional.of(
                new Interaction.Decided(Optional.ofNullable(consentOf), consent.equals("granted"))),
        until);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
