package org.mekong.gateway.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.receipt.Leg;
import org.mekong.gateway.receipt.LoggedEntry;
import org.mekong.gateway.storage.Rows;
import org.mekong.gateway.storage.Rows.Column;
import org.mekong.log.PendingEntry;

/**
 * What is kept of an exchange until its evidence is forgotten. Every method works in the caller's
 * transaction, which is the one that logs the leg.
 *
 * @param country which was asked
 * @param peerReceipt proof of the answering gateway's log; null where that is our own
 * @param legs in our own log, in their order
 */
public record KeptEvidence(
    UUID requestId,
    String country,
    String signedRequest,
    @Nullable String signedAnswer,
    @Nullable String peerReceipt,
    List<KeptLeg> legs) {

  private static final String BEGIN =
      """
      INSERT INTO evidence (request_id, agency, country, signed_request, legs, created_at)
      SELECT id, agency, country, request, ARRAY[leg], at
      FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
        AS begun(id, agency, country, request, leg, at)
      ON CONFLICT DO NOTHING""";
  private static final String ADD =
      "UPDATE evidence SET legs = array_append(legs, ?) WHERE request_id = ?";
  private static final String ANSWER =
      """
      UPDATE evidence SET legs = array_append(legs, leg), signed_answer = answer,
        peer_receipt = receipt
      FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) AS given(id, leg, answer, receipt)
      WHERE request_id = id""";
  private static final String PROVE = "UPDATE evidence SET peer_receipt = ? WHERE request_id = ?";
  private static final String FIND =
      """
      SELECT country, signed_request, signed_answer, peer_receipt, legs FROM evidence
      WHERE request_id = ? AND agency = ? AND created_at >= ?""";
  private static final String FORGET = "DELETE FROM evidence WHERE created_at < ?";

  public KeptEvidence {
    legs = List.copyOf(legs);
  }

  /** A leg and where it stands. */
  public record KeptLeg(Leg leg, PendingEntry entry) {

    private String text() {
      return leg.wireName() + " " + LoggedEntry.text(entry);
    }

    private static KeptLeg parse(String text) {
      int space = text.indexOf(' ');
      return new KeptLeg(
          Leg.ofWireName(text.substring(0, space)), LoggedEntry.parse(text.substring(space + 1)));
    }
  }

  /**
   * A request that is about to be sent.
   *
   * @param entry where it stands in our log
   * @param at from when on its age counts
   */
  public record Begun(
      UUID requestId,
      String agency,
      String country,
      String signedRequest,
      PendingEntry entry,
      Instant at) {}

  /** Requests are about to be sent. */
  public static PendingEntry.Companion begin(List<Begun> begun) {
    return new Rows<>(
        BEGIN,
        begun,
        List.of(
            new Column<>("uuid", Begun::requestId),
            new Column<>("text", Begun::agency),
            new Column<>("text", Begun::country),
            new Column<>("text", Begun::signedRequest),
            new Column<>("text", one -> new KeptLeg(Leg.REQUEST, one.entry()).text()),
            new Column<>("timestamptz", Begun::at)));
  }

  /** No answer came. */
  public static void failed(Connection connection, UUID requestId, PendingEntry entry)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ADD)) {
      update.setString(1, new KeptLeg(Leg.FAILURE, entry).text());
      update.setObject(2, requestId);
      update.executeUpdate();
    }
  }

  /**
   * What was answered, and where that stands in our log.
   *
   * @param peerReceipt null where our own register answered: then it is our own log's
   */
  public record Given(
      UUID requestId, PendingEntry entry, String signedAnswer, @Nullable String peerReceipt) {}

  /** Peers, or our register, answered, or refused. */
  public static PendingEntry.Companion answered(List<Given> given) {
    return new Rows<>(
        ANSWER,
        given,
        List.of(
            new Column<>("uuid", Given::requestId),
            new Column<>("text", one -> new KeptLeg(Leg.ANSWER, one.entry()).text()),
            new Column<>("text", Given::signedAnswer),
            new Column<>("text", Given::peerReceipt)));
  }

  /** A proof under a newer checkpoint takes the place of the first one. */
  static boolean proved(Connection connection, UUID requestId, String peerReceipt)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(PROVE)) {
      update.setString(1, peerReceipt);
      update.setObject(2, requestId);
      return update.executeUpdate() == 1;
    }
  }

  /** What is kept for an agency since a time. */
  static Optional<KeptEvidence> find(
      Connection connection, UUID requestId, String agency, Instant since) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setObject(1, requestId);
      select.setString(2, agency);
      select.setObject(3, since.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        List<KeptLeg> legs = new ArrayList<>();
        for (String text : (String[]) row.getArray("legs").getArray()) {
          legs.add(KeptLeg.parse(text));
        }
        return Optional.of(
            new KeptEvidence(
                requestId,
                row.getString("country"),
                row.getString("signed_request"),
                row.getString("signed_answer"),
                row.getString("peer_receipt"),
                legs));
      }
    }
  }

  /** Forgets what was begun before; returns how much. */
  static int forget(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, before.atOffset(ZoneOffset.UTC));
      return delete.executeUpdate();
    }
  }

  /** Names the request alone: the rest is personal data. */
  @Override
  public String toString() {
    return "KeptEvidence[" + requestId + "]";
  }
}
