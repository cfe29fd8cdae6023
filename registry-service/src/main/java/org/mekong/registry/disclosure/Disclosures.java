package org.mekong.registry.disclosure;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mekong.log.PendingEntry;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.entry.CanonicalJson;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Requester;

/** The disclosures of each person, beside their proof in the log. */
@ApplicationScoped
class Disclosures {

  private static final String INSERT =
      """
      insert into disclosure (person_id, disclosure_id, request_id, kind, purpose, legal_basis,
        country, agency, officer, fields, outcome, disclosed_at, visible_after, commitment,
        log_origin, log_ticket, log_size_before)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
  private static final String PAGE =
      """
      select * from disclosure
      where person_id = ? and disclosure_id < ? and (visible_after is null or visible_after <= ?)
      order by disclosure_id desc limit ?""";

  private final Commitments commitments;
  private final NationProfile profile;
  private final RandomGenerator random = new SecureRandom();

  Disclosures(Commitments commitments, NationProfile profile) {
    this.commitments = commitments;
    this.profile = profile;
  }

  /** Gets ready what {@link #append} needs, before its transaction holds a connection. */
  void prepare() throws SQLException {
    commitments.prepare();
  }

  /**
   * Writes the row and the log's entry in the caller's transaction, whose commit counts once the
   * entry was awaited.
   */
  PendingEntry append(Connection transaction, YearlyLog log, Disclosure disclosure)
      throws SQLException {
    Requester requester = disclosure.enquiry().requester();
    String commitment =
        commitments
            .commit(transaction, disclosure.subject().toString(), requester.requestId())
            .text();
    byte[] entry = CanonicalJson.write(disclosure.entry(commitment, profile.nation().name()));
    PendingEntry pending = log.appendAwaited(transaction, entry);
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      Object[] values = {
        disclosure.subject(),
        UuidV7.of(disclosure.time().toEpochMilli(), random),
        requester.requestId(),
        disclosure.enquiry().kind().code(),
        disclosure.enquiry().purpose(),
        requester.legalBasis(),
        requester.country(),
        requester.agency(),
        requester.officer(),
        transaction.createArrayOf("text", disclosure.enquiry().fields().toArray()),
        disclosure.outcome(),
        at(disclosure.time()),
        requester.visibleAfter() == null ? null : at(requester.visibleAfter()),
        commitment,
        pending.origin(),
        pending.ticket(),
        pending.sizeBefore()
      };
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
    }
    return pending;
  }

  /** One page of what a person may see, newest first, older than a key. */
  List<DisclosureView> page(
      Connection transaction, UUID personId, @Nullable UUID before, Instant now, int limit)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(PAGE)) {
      select.setObject(1, personId);
      select.setObject(2, before == null ? new UUID(-1L, -1L) : before);
      select.setObject(3, at(now));
      select.setInt(4, limit);
      List<DisclosureView> page = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          page.add(view(rows));
        }
      }
      return page;
    }
  }

  private static DisclosureView view(ResultSet row) throws SQLException {
    return new DisclosureView(
        row.getObject("disclosure_id", UUID.class),
        row.getObject("disclosed_at", OffsetDateTime.class).toInstant(),
        row.getString("request_id"),
        row.getString("kind"),
        row.getString("country"),
        row.getString("agency"),
        row.getString("officer"),
        row.getString("purpose"),
        row.getString("legal_basis"),
        List.of((String[]) row.getArray("fields").getArray()),
        row.getString("outcome"),
        row.getString("commitment"),
        new PendingEntry(
            row.getString("log_origin"), row.getLong("log_ticket"), row.getLong("log_size_before")),
        null);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
