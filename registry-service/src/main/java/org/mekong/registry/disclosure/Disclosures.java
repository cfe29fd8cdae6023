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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.log.LogException;
import org.mekong.log.LogTransaction;
import org.mekong.log.PendingEntry;
import org.mekong.log.commitment.Commitment;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.commitment.Opening;
import org.mekong.log.entry.CanonicalJson;
import org.mekong.log.evidence.EvidenceBundle;
import org.mekong.log.evidence.OpenedProof;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Requester;
import org.mekong.registry.problem.Problem;

/** The disclosures of each person, beside their proof in the log. */
@ApplicationScoped
class Disclosures {

  /** The types of the columns that are written, where fields come as one text. */
  private static final List<String> TYPES =
      List.of(
          "uuid",
          "uuid",
          "text",
          "text",
          "text",
          "text",
          "text",
          "text",
          "text",
          "text",
          "text",
          "timestamptz",
          "timestamptz",
          "text",
          "text",
          "bigint",
          "bigint");

  private static final String INSERT =
      """
      insert into disclosure (person_id, disclosure_id, request_id, kind, purpose, legal_basis,
        country, agency, officer, fields, outcome, disclosed_at, visible_after, commitment,
        log_origin, log_ticket, log_size_before)
      """;
  private static final String INSERT_ONE =
      INSERT + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, string_to_array(?, ','), ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_MANY =
      INSERT
          + "select c1, c2, c3, c4, c5, c6, c7, c8, c9, string_to_array(c10, ','), c11, c12, c13,"
          + " c14, c15, c16, c17 from unnest("
          + TYPES.stream().map(type -> "?::" + type + "[]").collect(Collectors.joining(", "))
          + ") as many (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17)";
  private static final String PAGE =
      """
      select * from disclosure
      where person_id = ? and disclosure_id < ? and (visible_after is null or visible_after <= ?)
        and disclosed_at >= ? and disclosed_at < ? and (? or kind <> ?)
      order by disclosure_id desc limit ?""";
  private static final String ONE =
      """
      select * from disclosure
      where person_id = ? and disclosure_id = ? and (visible_after is null or visible_after <= ?)""";

  private static final Logger LOG = Logger.getLogger(Disclosures.class);

  private final DataSource database;
  private final YearlyLog log;
  private final Commitments commitments;
  private final NationProfile profile;
  private final RandomGenerator random = new SecureRandom();

  Disclosures(DataSource database, YearlyLog log, Commitments commitments, NationProfile profile) {
    this.database = database;
    this.log = log;
    this.commitments = commitments;
    this.profile = profile;
  }

  /** Gets ready what {@link #append} needs, before its transaction holds a connection. */
  void prepare() throws SQLException {
    commitments.prepare();
  }

  /**
   * Writes rows and the log's entries in the caller's transaction: the rows go with its commit.
   *
   * @return in the order of the disclosures
   */
  List<PendingEntry> append(LogTransaction transaction, List<Disclosure> disclosures)
      throws SQLException {
    if (disclosures.isEmpty()) {
      return List.of();
    }
    Commitments.Made commitment =
        commitments.make(
            disclosures.stream()
                .map(
                    each ->
                        new Commitments.Asked(
                            each.subject().toString(), each.enquiry().requester().requestId()))
                .toList());
    transaction.atCommit(commitment.keeping());
    List<Commitment> committed = commitment.made();
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < disclosures.size(); i++) {
      entries.add(
          CanonicalJson.write(
              disclosures.get(i).entry(committed.get(i).text(), profile.nation().name())));
    }
    List<PendingEntry> pending = transaction.append(entries);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < disclosures.size(); i++) {
      rows.add(row(disclosures.get(i), committed.get(i).text(), pending.get(i)));
    }
    transaction.atCommit(new Insertion(rows));
    return pending;
  }

  private @Nullable Object[] row(Disclosure disclosure, String commitment, PendingEntry pending) {
    Requester requester = disclosure.enquiry().requester();
    return new @Nullable Object[] {
      disclosure.subject(),
      UuidV7.of(disclosure.time().toEpochMilli(), random),
      requester.requestId(),
      disclosure.enquiry().kind().code(),
      disclosure.enquiry().purpose(),
      requester.legalBasis(),
      requester.country(),
      requester.agency(),
      requester.officer(),
      String.join(",", disclosure.enquiry().fields()),
      disclosure.outcome(),
      at(disclosure.time()),
      requester.visibleAfter() == null ? null : at(requester.visibleAfter()),
      commitment,
      pending.origin(),
      pending.ticket(),
      pending.sizeBefore()
    };
  }

  /** One row by its values, several by an array of each column. */
  private record Insertion(List<@Nullable Object[]> rows) implements PendingEntry.Companion {

    @Override
    public String sql() {
      return rows.size() == 1 ? INSERT_ONE : INSERT_MANY;
    }

    @Override
    public int bind(PreparedStatement insert, int from) throws SQLException {
      for (int column = 0; column < TYPES.size(); column++) {
        if (rows.size() == 1) {
          insert.setObject(from + column, rows.getFirst()[column]);
        } else {
          @Nullable Object[] values = new @Nullable Object[rows.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i)[column];
          }
          insert.setArray(
              from + column, insert.getConnection().createArrayOf(TYPES.get(column), values));
        }
      }
      return from + TYPES.size();
    }

    /** Nothing of what it holds is for logs. */
    @Override
    public String toString() {
      return "Insertion[" + rows.size() + "]";
    }
  }

  /** What a person may see now of a part, newest first, and one more if there is more. */
  List<DisclosureView> page(
      Connection transaction, UUID personId, DisclosureQuery.Part part, Instant now)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(PAGE)) {
      select.setObject(1, personId);
      select.setObject(2, part.before() == null ? new UUID(-1L, -1L) : part.before());
      select.setObject(3, at(now));
      select.setObject(4, part.from() == null ? OffsetDateTime.MIN : at(part.from()));
      select.setObject(5, part.to() == null ? OffsetDateTime.MAX : at(part.to()));
      select.setBoolean(6, part.own());
      select.setString(7, Kind.OWN.code());
      select.setInt(8, part.limit() + 1);
      return views(select);
    }
  }

  /** One of them, if the person may see it now. */
  Optional<DisclosureView> find(Connection transaction, UUID personId, UUID disclosure, Instant now)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(ONE)) {
      select.setObject(1, personId);
      select.setObject(2, disclosure);
      select.setObject(3, at(now));
      return views(select).stream().findFirst();
    }
  }

  /**
   * The proof of an earlier disclosure, against the newest checkpoint that covers it; empty when
   * its entry was pruned.
   */
  Optional<String> proof(DisclosureView of) {
    try {
      return Optional.of(log.await(of.entry()).proof());
    } catch (LogException.Pruned e) {
      return Optional.empty();
    } catch (LogException e) {
      LOG.errorf(e, "The proof of a disclosure could not be made");
      throw Problem.NOT_RECORDED.because("The log cannot make a proof now.");
    }
  }

  /**
   * The same with what opens the commitment in its entry; empty when the entry was pruned or the
   * opening erased.
   */
  Optional<OpenedProof> openedProof(DisclosureView of) {
    Optional<String> proof = proof(of);
    if (proof.isEmpty()) {
      return Optional.empty();
    }
    try (Connection connection = database.getConnection()) {
      return commitments
          .open(connection, Commitment.parse(of.commitment()))
          .map(opening -> new OpenedProof(proof.get(), known(of, opening)));
    } catch (SQLException e) {
      LOG.errorf(e, "The commitment of a disclosure could not be opened");
      throw Problem.NOT_RECORDED.because("The register cannot open the entry now.");
    }
  }

  private static EvidenceBundle.KnownSubject known(DisclosureView of, Opening opening) {
    return new EvidenceBundle.KnownSubject(
        of.commitment(),
        Base64.getUrlEncoder().withoutPadding().encodeToString(opening.key()),
        opening.subject());
  }

  private static List<DisclosureView> views(PreparedStatement select) throws SQLException {
    List<DisclosureView> views = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        views.add(view(rows));
      }
    }
    return views;
  }

  private static DisclosureView view(ResultSet row) throws SQLException {
    UUID id = row.getObject("disclosure_id", UUID.class);
    return new DisclosureView(
        id,
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
        "/v1/persons/" + row.getString("person_id") + "/disclosures/" + id + "/proof",
        new PendingEntry(
            row.getString("log_origin"),
            row.getLong("log_ticket"),
            row.getLong("log_size_before")));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
