package org.mekong.registry.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.log.commitment.Commitments;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.log.AdministrativeEntry;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;

/**
 * Erases what leads from the log to a person: what opens the commitments in its entries, and the
 * rows that told the person who asked. One transaction with an entry that tells of the erasure and
 * of nobody.
 */
@ApplicationScoped
class Erasures {

  private static final String STATE =
      """
      select exists (select 1 from person where person_id = ?) known,
        (select max(disclosed_at) from disclosure where person_id = ?) newest,
        exists (select 1 from disclosure where person_id = ? and visible_after > ?) hidden""";
  private static final String FORGET = "delete from disclosure where person_id = ?";
  private static final String INSERT =
      """
      insert into erasure (erasure_id, erased_at, ground, reference, disclosures, commitments)
      values (?, ?, ?, ?, ?, ?)""";
  private static final String FIND = "select * from erasure where erasure_id = ?";

  private final DataSource database;
  private final Operations operations;
  private final Commitments commitments;
  private final AdministrativeEntry entries;
  private final ErasureConfig config;
  private final ObjectMapper json;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Erasures(
      DataSource database,
      Operations operations,
      Commitments commitments,
      AdministrativeEntry entries,
      ErasureConfig config,
      ObjectMapper json,
      Clock clock) {
    this.database = database;
    this.operations = operations;
    this.commitments = commitments;
    this.entries = entries;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Erases a person's links once for a key.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when there is no such person, or a rule of
   *     the register is against it
   */
  Outcome erase(OperationKey key, UUID person, Ground ground, @Nullable String reference)
      throws SQLException {
    return operations.once(
        key,
        digest(person, ground, reference),
        transaction -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
          require(transaction, person, ground, now);
          return erase(transaction, person, ground, reference, now);
        });
  }

  private void require(Connection transaction, UUID person, Ground ground, Instant now)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(STATE)) {
      select.setObject(1, person);
      select.setObject(2, person);
      select.setObject(3, person);
      select.setObject(4, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (!row.getBoolean("known")) {
          throw Problem.NO_SUCH_PERSON.because("The register has no such person.");
        }
        if (row.getBoolean("hidden")) {
          throw Problem.CONFLICT.because(
              "A disclosure about this person is not visible to them yet; it stays until it was.",
              "erasure/not-visible-yet");
        }
        OffsetDateTime newest = row.getObject("newest", OffsetDateTime.class);
        OffsetDateTime horizon = now.atOffset(ZoneOffset.UTC).minus(config.retention());
        if (ground == Ground.RETENTION_OVER && newest != null && newest.isAfter(horizon)) {
          throw Problem.CONFLICT.because(
              "The newest disclosure about this person is younger than %s."
                  .formatted(config.retention()),
              "erasure/retained");
        }
      }
    }
  }

  private Outcome erase(
      Connection transaction, UUID person, Ground ground, @Nullable String reference, Instant now)
      throws SQLException {
    int disclosures;
    try (PreparedStatement delete = transaction.prepareStatement(FORGET)) {
      delete.setObject(1, person);
      disclosures = delete.executeUpdate();
    }
    int erased = commitments.erase(transaction, person.toString());
    ErasureView view =
        new ErasureView(
            UuidV7.of(now.toEpochMilli(), random),
            now,
            ground.code(),
            reference,
            disclosures,
            erased);
    insert(transaction, view);
    entries.append(transaction, "links_erased", Map.of("ground", ground.code(), "count", erased));
    try {
      return new Outcome(
          201, URI.create("/admin/v1/erasures/" + view.id()), json.writeValueAsString(view));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insert(Connection transaction, ErasureView view) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setObject(1, view.id());
      insert.setObject(2, view.time().atOffset(ZoneOffset.UTC));
      insert.setString(3, view.ground());
      insert.setString(4, view.reference());
      insert.setInt(5, view.disclosures());
      insert.setInt(6, view.commitments());
      insert.executeUpdate();
    }
  }

  Optional<ErasureView> find(UUID id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ErasureView(
                    id,
                    row.getObject("erased_at", OffsetDateTime.class).toInstant(),
                    row.getString("ground"),
                    row.getString("reference"),
                    row.getInt("disclosures"),
                    row.getInt("commitments")))
            : Optional.empty();
      }
    }
  }

  private static byte[] digest(UUID person, Ground ground, @Nullable String reference) {
    try {
      String request = person + " " + ground.code() + " " + reference;
      return MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
