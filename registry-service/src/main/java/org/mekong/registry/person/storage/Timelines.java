package org.mekong.registry.person.storage;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;

/**
 * What happened to each person, and the row that follows from it. The two are written together or
 * not at all, in the caller's transaction.
 */
@ApplicationScoped
public class Timelines {

  private static final String LOCK =
      "select person_id from person where person_id = any (?) order by person_id for update";
  private static final String ENTRIES =
      "select seq, event_id, type, role, occurred_on, recorded_at, supersedes, changes"
          + " from person_event where person_id = ? order by seq";
  private static final String STAND =
      PersonTable.PERSON.insert()
          + " on conflict (person_id) do update set version = excluded.version,"
          + " changed_at = excluded.changed_at, birth_date = excluded.birth_date,"
          + " sex = excluded.sex, province = excluded.province,"
          + " life_status = excluded.life_status, marital_status = excluded.marital_status,"
          + " merged_into = excluded.merged_into, document = excluded.document";
  private static final String VANISH = "delete from person where person_id = ?";
  private static final String CLAIM =
      "insert into identifier (number, person_id) values (?, ?)"
          + " on conflict (number) do update set person_id = excluded.person_id"
          + " where identifier.person_id <> excluded.person_id";
  private static final String JOIN =
      "insert into household_member (household_id, person_id) values (?, ?) on conflict do nothing";

  private final List<Projection> projections;

  Timelines(@All List<Projection> projections) {
    this.projections = List.copyOf(projections);
  }

  /** Something that follows from a person and is kept in the same transaction, as an index is. */
  public interface Projection {

    /** Brings it in step with a person's timeline. */
    void update(Connection transaction, UUID personId, Timeline timeline) throws SQLException;
  }

  /**
   * Holds these persons until the transaction ends, so that events on one person come one after the
   * other.
   *
   * @return those of them whom the register knows
   */
  public Set<UUID> lock(Connection transaction, Collection<UUID> ids) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(LOCK)) {
      select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
      Set<UUID> held = new HashSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          held.add(rows.getObject(1, UUID.class));
        }
      }
      return held;
    }
  }

  /** Everything recorded on a person, in the order of recording; nothing for somebody unknown. */
  public List<Timeline.Entry> entries(Connection transaction, UUID personId) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(ENTRIES)) {
      select.setObject(1, personId);
      List<Timeline.Entry> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(entry(rows));
        }
      }
      return entries;
    }
  }

  /**
   * Adds the last entry of a timeline, and brings the person's row in step with it. A person whose
   * entry was annulled has no row; their numbers stay given, and their entries stay.
   *
   * @param entries all entries of the person, the last of them new
   * @throws ChangeRefused when the entries do not make a life; nothing is written then
   */
  public Timeline append(Connection transaction, UUID personId, List<Timeline.Entry> entries)
      throws SQLException, ChangeRefused {
    Timeline timeline = Timeline.of(entries);
    Timeline.Entry added = entries.getLast();
    write(transaction, PersonTable.PERSON_EVENT.insert(), PersonTable.row(personId, added));
    Optional<Person> now = timeline.latest().map(Timeline.Version::person);
    if (now.isPresent()) {
      Instant registeredAt = entries.getFirst().recordedAt();
      stand(
          transaction,
          now.get(),
          PersonTable.row(now.get(), added.seq(), registeredAt, added.recordedAt()));
    } else {
      write(transaction, VANISH, personId);
    }
    for (Projection projection : projections) {
      projection.update(transaction, personId, timeline);
    }
    return timeline;
  }

  private static void stand(Connection transaction, Person now, @Nullable Object[] row)
      throws SQLException {
    write(transaction, STAND, row);
    if (now.personalNumber() != null) {
      write(transaction, CLAIM, now.personalNumber(), now.id());
    }
    for (String number : now.earlierNumbers()) {
      write(transaction, CLAIM, number, now.id());
    }
    Household household = now.particulars().household();
    if (household != null) {
      write(transaction, JOIN, household.id(), now.id());
    }
  }

  private static void write(Connection transaction, String statement, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement prepared = transaction.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setObject(i + 1, values[i]);
      }
      prepared.executeUpdate();
    }
  }

  private static Timeline.Entry entry(ResultSet row) throws SQLException {
    return new Timeline.Entry(
        row.getInt("seq"),
        row.getObject("event_id", UUID.class),
        row.getString("type"),
        row.getString("role"),
        PartialDate.parse(row.getString("occurred_on")).orElseThrow(),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getObject("supersedes", UUID.class),
        PersonJson.changes(row.getString("changes")));
  }
}
