package org.mekong.registry.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

/** The life that the examples in the OpenAPI file tell of, put into a register. */
final class DocumentedLife {

  private static final UUID PERSON = UUID.fromString(Examples.PERSON);
  private static final UUID HOME = UUID.fromString("0190f3c4-5a10-7b21-8c43-5d6e7f809301");

  private final DataSource database;
  private final Timelines timelines;
  private final List<Entry> entries = new ArrayList<>();

  DocumentedLife(DataSource database, Timelines timelines) {
    this.database = database;
    this.timelines = timelines;
  }

  void live() throws SQLException, ChangeRefused, Timelines.NumberTaken {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      if (!timelines.entries(transaction, PERSON).isEmpty()) {
        return;
      }
      add(transaction, "first_registration", "1999-03-08", "2020-06-01", null, entered());
      add(
          transaction,
          "residence_change",
          "2022-09-01",
          "2022-09-05",
          null,
          new Change.ResidenceChanged(
              Residence.Kind.PERMANENT, new Place("VN", "48", "Phường Hải Châu")));
      add(
          transaction,
          "name_change",
          "2024-02-10",
          "2024-02-12",
          null,
          new Change.NamesChanged(List.of(name("Hoa Mai"))));
      add(
          transaction,
          "correction",
          "2022-08-01",
          "2025-03-03",
          entries.get(1).eventId(),
          new Change.ResidenceChanged(
              Residence.Kind.PERMANENT, new Place("VN", "48", "Phường Hải Châu")));
      transaction.commit();
    }
  }

  private void add(
      Connection transaction,
      String type,
      String occurred,
      String registered,
      @Nullable UUID supersedes,
      Change change)
      throws SQLException, ChangeRefused, Timelines.NumberTaken {
    int seq = entries.size() + 1;
    Entry entry =
        new Entry(
            seq,
            UUID.fromString("0190f3c4-5a10-7b21-8c43-5d6e7f80920" + seq),
            type,
            "person",
            PartialDate.parse(occurred).orElseThrow(),
            Instant.parse(registered + "T02:00:00Z"),
            supersedes,
            List.of(change));
    entries.add(entry);
    timelines.append(
        transaction, List.of(new Timelines.Addition(PERSON, entries, entries.size() - 1)));
    try (PreparedStatement insert =
        transaction.prepareStatement(
            "insert into vital_event (event_id, type, occurred_on, registered_on, recorded_at,"
                + " supersedes, persons, document) values (?, ?, ?, ?, now(), ?, ?, '{}')")) {
      insert.setObject(1, entry.eventId());
      insert.setString(2, type);
      insert.setString(3, occurred);
      insert.setObject(4, LocalDate.parse(registered));
      insert.setObject(5, supersedes);
      insert.setArray(6, transaction.createArrayOf("uuid", new UUID[] {PERSON}));
      insert.executeUpdate();
    }
  }

  private static PersonName name(String given) {
    return new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, "Nguyễn", "Thị", given);
  }

  private static Change entered() {
    return new Change.Entered(
        new Person(
            PERSON,
            "045199730241",
            List.of(),
            new Particulars(
                List.of(name("Hoa")),
                PartialDate.parse("1999-03-08").orElseThrow(),
                Sex.FEMALE,
                null,
                "045",
                null,
                null,
                null,
                List.of("VN"),
                null,
                MaritalStatus.SINGLE,
                LifeStatus.ALIVE,
                null,
                List.of(
                    new Residence(
                        Residence.Kind.PERMANENT, new Place("VN", "44", "Phường Đông Hà")),
                    new Residence(Residence.Kind.TEMPORARY, new Place("VN", "79", null))),
                List.of(new Relationship(Relationship.Kind.MOTHER, null, "Trần Thị Lan")),
                new Household(HOME, "head"),
                null,
                null,
                false),
            null));
  }
}
