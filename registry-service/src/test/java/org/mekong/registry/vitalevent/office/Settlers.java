package org.mekong.registry.vitalevent.office;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;

/** Persons under keys that a test chooses. */
final class Settlers {

  private final DataSource database;
  private final Timelines timelines;

  Settlers(DataSource database, Timelines timelines) {
    this.database = database;
    this.timelines = timelines;
  }

  void enter(UUID id, Sex sex, String born) {
    PartialDate birth = PartialDate.parse(born).orElseThrow();
    Particulars particulars =
        new Particulars(
            List.of(new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, "Lê", null, "Mai")),
            birth,
            sex,
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
            List.of(),
            List.of(),
            null,
            null,
            null,
            false);
    String number = "9%011d".formatted(Math.abs(id.hashCode()));
    Person person = new Person(id, number, List.of(), particulars, null);
    Timeline.Entry entry =
        new Timeline.Entry(
            1,
            id,
            "first_registration",
            "person",
            birth,
            Instant.parse("2020-01-01T00:00:00Z"),
            null,
            List.of(new Change.Entered(person)));
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      timelines.append(transaction, List.of(new Timelines.Addition(id, List.of(entry), 0)));
      transaction.commit();
    } catch (SQLException | ChangeRefused | Timelines.NumberTaken e) {
      throw new IllegalStateException(e);
    }
  }
}
