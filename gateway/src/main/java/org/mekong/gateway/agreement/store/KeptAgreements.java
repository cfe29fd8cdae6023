package org.mekong.gateway.agreement.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mekong.gateway.agreement.AgreementReference;

/** The tables of agreements. Every method works in the caller's transaction. */
public final class KeptAgreements {

  private static final String SELECT =
      """
      SELECT id, version, document, digest, proposed_by, proposed_at, approved_by, terminated_from
      FROM agreement""";
  private static final String ADD =
      """
      INSERT INTO agreement (id, version, document, digest, proposed_by, proposed_at)
      VALUES (?, ?, ?, ?, ?, ?)""";
  private static final String SIGN =
      """
      INSERT INTO agreement_signature (id, version, nation, key, signature, added_at)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
  private static final String SIGNATURES =
      """
      SELECT nation, key, signature FROM agreement_signature
      WHERE id = ? AND version = ? ORDER BY nation""";
  private static final String APPROVE =
      "UPDATE agreement SET approved_by = ? WHERE id = ? AND version = ?";
  private static final String TERMINATE =
      "UPDATE agreement SET terminated_from = ? WHERE id = ? AND version = ?";

  private KeptAgreements() {}

  /** One version. */
  public static Optional<KeptAgreement> find(Connection connection, AgreementReference reference)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE id = ? AND version = ?")) {
      identify(select, 1, reference);
      return read(connection, select).stream().findFirst();
    }
  }

  /** Every version of every agreement. */
  public static List<KeptAgreement> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " ORDER BY id, version DESC")) {
      return read(connection, select);
    }
  }

  /** Versions that come after one, by id and version. */
  public static List<KeptAgreement> after(
      Connection connection, AgreementReference reference, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + " WHERE (id, version) > (?, ?) ORDER BY id, version LIMIT ?")) {
      identify(select, 1, reference);
      select.setInt(3, limit);
      return read(connection, select);
    }
  }

  /** Adds a version without signatures. */
  public static void add(Connection connection, KeptAgreement agreement) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      identify(insert, 1, agreement.reference());
      insert.setBytes(3, agreement.document());
      insert.setString(4, agreement.digest());
      insert.setString(5, agreement.proposedBy());
      insert.setObject(6, agreement.proposedAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Adds a signature; without effect where the nation has signed already. */
  public static void sign(
      Connection connection, AgreementReference reference, KeptSignature signature, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SIGN)) {
      identify(insert, 1, reference);
      insert.setString(3, signature.nation());
      insert.setString(4, signature.key());
      insert.setString(5, signature.signature());
      insert.setObject(6, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Notes who had our nation sign. */
  public static void approve(
      Connection connection, AgreementReference reference, String administrator)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(APPROVE)) {
      update.setString(1, administrator);
      identify(update, 2, reference);
      update.executeUpdate();
    }
  }

  /** Ends a version from a day on. */
  public static void terminate(Connection connection, AgreementReference reference, LocalDate from)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(TERMINATE)) {
      update.setObject(1, from);
      identify(update, 2, reference);
      update.executeUpdate();
    }
  }

  private static List<KeptAgreement> read(Connection connection, PreparedStatement select)
      throws SQLException {
    var kept = new ArrayList<KeptAgreement>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        var reference = new AgreementReference(row.getString("id"), row.getInt("version"));
        kept.add(
            new KeptAgreement(
                reference,
                row.getBytes("document"),
                row.getString("digest"),
                row.getString("proposed_by"),
                row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                row.getString("approved_by"),
                row.getObject("terminated_from", LocalDate.class),
                signatures(connection, reference)));
      }
    }
    return kept;
  }

  private static List<KeptSignature> signatures(Connection connection, AgreementReference reference)
      throws SQLException {
    var signatures = new ArrayList<KeptSignature>();
    try (PreparedStatement select = connection.prepareStatement(SIGNATURES)) {
      identify(select, 1, reference);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          signatures.add(new KeptSignature(row.getString(1), row.getString(2), row.getString(3)));
        }
      }
    }
    return signatures;
  }

  private static void identify(PreparedStatement statement, int at, AgreementReference reference)
      throws SQLException {
    statement.setString(at, reference.id());
    statement.setInt(at + 1, reference.version());
  }
}
