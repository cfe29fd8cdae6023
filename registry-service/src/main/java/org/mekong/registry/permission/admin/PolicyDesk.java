package org.mekong.registry.permission.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.mekong.registry.log.AdministrativeEntry;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.permission.policy.Policies;
import org.mekong.registry.permission.policy.Policy;
import org.mekong.registry.permission.policy.PolicyKind;
import org.mekong.registry.permission.policy.PolicyTable;
import org.mekong.registry.permission.policy.Stored;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.transaction.Transaction;

/**
 * Changes the policy. One change at a time: its version, what it may name and its entry in the log
 * are of one transaction, so that no change is without its entry.
 */
@ApplicationScoped
class PolicyDesk {

  private final DataSource database;
  private final Operations operations;
  private final Policies policies;
  private final AdministrativeEntry entries;
  private final ObjectMapper json;
  private final Clock clock;

  PolicyDesk(
      DataSource database,
      Operations operations,
      Policies policies,
      AdministrativeEntry entries,
      ObjectMapper json,
      Clock clock) {
    this.database = database;
    this.operations = operations;
    this.policies = policies;
    this.entries = entries;
    this.json = json;
    this.clock = clock;
  }

  /** Reads what was sent, by the policy as the change's transaction sees it. */
  @FunctionalInterface
  interface Reading {

    /** The code of what was read; refuses what breaks a rule. */
    String read(Policy policy);
  }

  private record Draft(PolicyKind kind, String content, String by) {}

  /** Adds a new thing once for a key. */
  Outcome create(OperationKey key, PolicyKind kind, Object body, Reading reading)
      throws SQLException {
    Outcome outcome =
        operations.once(
            key,
            operations.digest(kind.word(), body),
            transaction -> {
              PolicyTable.lock(transaction);
              String code = reading.read(policies.read(transaction));
              if (PolicyTable.find(transaction, kind, code).isPresent()) {
                throw Problem.CONFLICT.because(
                    "There is or was one with this code.", kind.path() + "/code-taken");
              }
              Draft draft = new Draft(kind, write(body), key.caller());
              Stored made = next(transaction, draft, code, 1, false);
              return new Outcome(
                  201,
                  URI.create("/admin/v1/" + kind.path() + "/" + code),
                  write(view(made, body.getClass())));
            });
    policies.forget();
    return outcome;
  }

  /**
   * Changes a thing.
   *
   * @param version that is to be changed, as its ETag said
   */
  Stored change(PolicyKind kind, String code, int version, String by, Object body, Reading reading)
      throws SQLException {
    return inTransaction(
        transaction -> {
          Stored newest = require(transaction, kind, code, version);
          if (!reading.read(policies.read(transaction)).equals(code)) {
            throw Problem.invalid("code", "same", "is not the code of the path");
          }
          Draft draft = new Draft(kind, write(body), by);
          return next(transaction, draft, code, newest.version() + 1, false);
        });
  }

  /** Ends a thing. It stays with all its versions, and its code is never given again. */
  Stored end(PolicyKind kind, String code, int version, String by) throws SQLException {
    return inTransaction(
        transaction -> {
          Stored newest = require(transaction, kind, code, version);
          List<String> naming =
              kind == PolicyKind.FIELD_SET
                  ? policies.read(transaction).naming(code)
                  : List.<String>of();
          if (!naming.isEmpty()) {
            throw Problem.CONFLICT.because(
                "Permissions name this field set: " + String.join(", ", naming) + ".",
                "field-sets/in-use");
          }
          Draft draft = new Draft(kind, newest.content(), by);
          return next(transaction, draft, code, newest.version() + 1, true);
        });
  }

  Optional<Stored> find(PolicyKind kind, String code) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return PolicyTable.find(connection, kind, code);
    }
  }

  List<Stored> page(PolicyKind kind, String after, int most) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return PolicyTable.page(connection, kind, after, most);
    }
  }

  List<Stored> versions(PolicyKind kind, String code, int below, int most) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return PolicyTable.versions(connection, kind, code, below, most);
    }
  }

  /** A version as it is shown. */
  <T> PolicyView<T> view(Stored stored, Class<T> type) {
    try {
      return new PolicyView<>(
          json.readValue(stored.content(), type),
          stored.version(),
          stored.ended(),
          stored.changedBy(),
          stored.changedAt());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was kept cannot be read", e);
    }
  }

  private static Stored require(Connection transaction, PolicyKind kind, String code, int version)
      throws SQLException {
    PolicyTable.lock(transaction);
    Stored newest =
        PolicyTable.find(transaction, kind, code)
            .orElseThrow(() -> Problem.NOT_FOUND.because("There is none with this code."));
    if (newest.version() != version) {
      throw Problem.PRECONDITION_FAILED.because(
          "The newest version is " + newest.version() + ".", kind.path() + "/stale");
    }
    if (newest.ended()) {
      throw Problem.CONFLICT.because(
          "It has ended; add another under a new code.", kind.path() + "/ended");
    }
    return newest;
  }

  private Stored next(Connection transaction, Draft draft, String code, int version, boolean ended)
      throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Stored made = new Stored(code, version, draft.content, ended, draft.by, now);
    PolicyTable.insert(transaction, draft.kind, made);
    String act = ended ? "ended" : version == 1 ? "created" : "changed";
    entries.append(
        transaction,
        draft.kind.word() + "_" + act,
        Map.of("code", code, "policy_version", version, "content", digest(draft.content)));
    return made;
  }

  private Stored inTransaction(Transaction.Work<Stored> change) throws SQLException {
    Stored made = Transaction.of(database, change);
    policies.forget();
    return made;
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(String content) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
