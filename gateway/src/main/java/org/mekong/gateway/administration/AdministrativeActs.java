package org.mekong.gateway.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.CallingAdministrator;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.LogException;
import org.mekong.log.PendingEntry;
import org.mekong.log.entry.CanonicalJson;

/**
 * Does what administrators ask: the deed, its entry in the log and the outcome under its
 * Idempotency-Key are one transaction, and it is answered when the entry is in the log.
 */
@ApplicationScoped
public class AdministrativeActs {

  private static final Logger LOG = Logger.getLogger(AdministrativeActs.class);
  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String CLAIM =
      """
      INSERT INTO administrative_act (administrator, idempotency_key, request_digest, created_at)
      VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""";
  private static final String FIND =
      """
      SELECT request_digest, status, body FROM administrative_act
      WHERE administrator = ? AND idempotency_key = ?""";
  private static final String KEEP =
      """
      UPDATE administrative_act SET status = ?, body = ?
      WHERE administrator = ? AND idempotency_key = ?""";
  private static final String FORGET = "DELETE FROM administrative_act WHERE created_at < ?";

  private final Transactions transactions;
  private final GatewayLog log;
  private final CallingAdministrator caller;
  private final Clock clock;

  @Inject
  public AdministrativeActs(
      Transactions transactions, GatewayLog log, CallingAdministrator caller, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param status of the answer
   * @param view body of the answer
   * @param entry in the log; empty where nothing changed
   */
  public record Deed(int status, Object view, Optional<PendingEntry> entry) {

    /** Nothing had to be done: it is so already. */
    public static Deed nothing(Object view) {
      return new Deed(200, view, Optional.empty());
    }
  }

  /** Work in the transaction of an act. */
  @FunctionalInterface
  public interface Work {
    /** Does it; a problem that is thrown leaves nothing behind. */
    Deed in(Connection transaction) throws SQLException;
  }

  /** Does an act that is the same when it is repeated. */
  public Response perform(Work work) {
    return perform(null, new byte[0], work);
  }

  /**
   * Does an act once for a key.
   *
   * @param key value of Idempotency-Key: the same key and request bring the first outcome
   * @param request operation and body, to tell requests apart
   */
  public Response perform(@Nullable String key, byte[] request, Work work) {
    if (key != null && !KEY.matcher(key).matches()) {
      throw Problem.malformed("Idempotency-Key: 1 to 255 visible ASCII characters.");
    }
    PendingEntry[] entry = {null};
    try {
      Kept kept =
          transactions.in(
              connection -> {
                if (key != null && !claim(connection, key, digest(request))) {
                  return first(connection, key, digest(request));
                }
                Deed deed = work.in(connection);
                entry[0] = deed.entry().orElse(null);
                Kept outcome = new Kept(deed.status(), json(deed.view()));
                if (key != null) {
                  keep(connection, key, outcome);
                }
                return outcome;
              });
      if (entry[0] != null) {
        log.await(entry[0]);
      }
      return Response.status(kept.status())
          .type(MediaType.APPLICATION_JSON_TYPE)
          .header("Cache-Control", "no-store")
          .entity(kept.body())
          .build();
    } catch (SQLException | LogException e) {
      throw notDone(e);
    }
  }

  private record Kept(int status, String body) {}

  /** Reads for an administrator. */
  public <T> T read(Transactions.Work<T> work) {
    try {
      return transactions.in(work);
    } catch (SQLException e) {
      throw notDone(e);
    }
  }

  /** An act of the caller, as an entry of the log in the transaction that does it. */
  public PendingEntry append(Connection transaction, String act, Map<String, ?> members)
      throws SQLException {
    Map<String, Object> more = new TreeMap<>(members);
    if (!caller.who().equals(caller.clientId())) {
      more.put("administrator_subject", caller.who());
    }
    return append(transaction, act, caller.clientId(), more);
  }

  /** An act that the configuration of this gateway asks for. */
  public PendingEntry appendConfigured(Connection transaction, String act, Map<String, ?> members)
      throws SQLException {
    return append(transaction, act, "configuration", members);
  }

  private PendingEntry append(
      Connection transaction, String act, String administrator, Map<String, ?> members)
      throws SQLException {
    Map<String, Object> entry = new TreeMap<>(members);
    entry.put("version", 1);
    entry.put("kind", "admin");
    entry.put("act", act);
    entry.put("administrator", administrator);
    entry.put("request_id", RequestIds.current().toString());
    entry.put("time", now().toString());
    return log.years().append(transaction, CanonicalJson.write(entry));
  }

  /** Who asks. */
  public String who() {
    return caller.who();
  }

  /** Our time, as entries and answers have it. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The problem of a second administrator who is the first one. */
  public static RuntimeException sameAdministrator() {
    return Problem.refused(
            "approval/same-administrator",
            "What this opens takes two administrators, and you have proposed it.",
            "Have another administrator approve it.")
        .build();
  }

  /** The problem of what is as it is. */
  public static RuntimeException conflict(String rule, String detail, String action) {
    return Problem.of("conflict", 409, "Not as things stand", detail, action)
        .with("rule", rule)
        .build();
  }

  private boolean claim(Connection connection, String key, byte[] digest) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
      insert.setString(1, caller.who());
      insert.setString(2, key);
      insert.setBytes(3, digest);
      insert.setObject(4, now().atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  private Kept first(Connection connection, String key, byte[] digest) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, caller.who());
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("an act was claimed and is not there");
        }
        if (!MessageDigest.isEqual(row.getBytes("request_digest"), digest)) {
          throw conflict(
              "idempotency-key/reused",
              "The first request with this Idempotency-Key was another one.",
              "Send another key.");
        }
        return new Kept(row.getInt("status"), row.getString("body"));
      }
    }
  }

  private void keep(Connection connection, String key, Kept kept) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(KEEP)) {
      update.setInt(1, kept.status());
      update.setString(2, kept.body());
      update.setString(3, caller.who());
      update.setString(4, key);
      update.executeUpdate();
    }
  }

  @Scheduled(
      every = "1h",
      delayed = "70s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    transactions.in(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.setObject(1, now().minus(KEPT).atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
          }
        });
  }

  private static byte[] digest(byte[] request) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(request);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A body of ours as JSON text. */
  public static String json(Object view) {
    try {
      return StrictJson.mapper().writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A request for {@link #perform}: its parts, one after the other. */
  public static byte[] request(String operation, Object body) {
    return (operation + "\n" + json(body)).getBytes(StandardCharsets.UTF_8);
  }

  private static RuntimeException notDone(Exception e) {
    LOG.error("What an administrator asked for was not done", e);
    return Problem.unavailable("The database or the log does not answer now.");
  }
}
