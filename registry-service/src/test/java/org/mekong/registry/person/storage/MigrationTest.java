package org.mekong.registry.person.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventTable;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/** A register filled before events were kept loses nothing when it is brought up to date. */
class MigrationTest {

  private static final int BEFORE_EVENTS = 5;
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final UUID FULL = UUID.fromString("0193a5b2-7c11-7d33-9a55-000000000001");
  private static final UUID BARE = UUID.fromString("0193a5b2-7c11-7d33-9a55-000000000002");
  private static final UUID HOME = UUID.fromString("0193a5b2-7c11-7d33-9a55-0000000000f1");

  private Connection connection = open();

  @BeforeEach
  void fill() throws SQLException, IOException {
    connection = open();
    migrate(version -> version <= BEFORE_EVENTS);
    execute(
        """
        insert into person values
         ('%1$s', '045199000001', '{197000001,197000002}', 1999, 3, 8, 2, 'VN', '44', 'Đông Hà',
          '045', 'VN', '44', 'Hải Lăng', '01', 'buddhist', '{LA,VN}', 'A+', 'married', 'dead',
          2020, 5, null, '%3$s', 'spouse', '+84901234567', 'hoa@example.org', 'photo:1', true,
          '2020-06-01T02:03:04.567891Z', 7),
         ('%2$s', '045090000002', '{}', 1990, null, null, 1, null, null, null, '045', null, null,
          null, null, null, '{VN}', null, 'unknown', 'alive', null, null, null, null, null, null,
          null, null, false, '2020-06-01T00:00:00Z', 1)
        """
            .formatted(FULL, BARE, HOME));
    execute(
        """
        insert into person_name values
         ('%1$s', 0, 'official', 'Latn', 'Nguyễn', 'Thị', 'Hoa', 'nguyen thi hoa'),
         ('%1$s', 1, 'alias', 'Laoo', null, null, 'ບົວ', 'bua'),
         ('%2$s', 0, 'official', 'Latn', 'Lê', null, 'Long', 'le long')
        """
            .formatted(FULL, BARE));
    execute(
        """
        insert into residence values
         ('%1$s', 'permanent', 'VN', '44', 'Phường Đông Hà'),
         ('%1$s', 'temporary_absence', 'LA', null, null)
        """
            .formatted(FULL));
    execute(
        """
        insert into relationship values
         ('%1$s', '%2$s', 'spouse', '%2$s', null),
         ('%1$s', '%3$s', 'mother', null, 'Trần Thị Lan')
        """
            .formatted(FULL, BARE, HOME));
    execute(
        "insert into identifier values ('045199000001', '%1$s'), ('197000001', '%1$s'),"
                .formatted(FULL)
            + " ('197000002', '%1$s'), ('045090000002', '%2$s')".formatted(FULL, BARE));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void everyColumnBecomesAMember() throws Exception {
    migrate(version -> version > BEFORE_EVENTS);

    assertEquals(Optional.of(full()), find(new People.Key.ById(FULL)));
    assertEquals(Optional.of(full()), find(new People.Key.ByNumber("197000002")));
    assertEquals(Optional.of(bare()), find(new People.Key.ByNumber("045090000002")));
  }

  @Test
  void theirEntriesReplayToThem() throws Exception {
    migrate(version -> version > BEFORE_EVENTS);

    Timeline life = replay(FULL);
    assertEquals(full().with(withoutHousehold()), life.latest().orElseThrow().person());
    assertEquals(
        LifeStatus.ALIVE,
        life.on(LocalDate.of(2020, 4, 30)).orElseThrow().person().particulars().lifeStatus());
    assertEquals(bare(), replay(BARE).latest().orElseThrow().person());
    assertEquals(Optional.empty(), replay(BARE).on(LocalDate.of(1989, 12, 31)));
  }

  @Test
  void theirRegistrationCanBeReadAndCorrected() throws Exception {
    migrate(version -> version > BEFORE_EVENTS);

    RegisteredEvent event = EventTable.find(connection, FULL).orElseThrow();
    assertEquals(
        new VitalEvent.FirstRegistration(full().particulars(), full().earlierNumbers()),
        event.event());
    assertEquals(LocalDate.of(2020, 6, 1), event.circumstances().registeredOn());
    assertEquals("1999-03-08", event.circumstances().occurredOn().toString());
    assertEquals(List.of(FULL), event.persons());
  }

  private Timeline replay(UUID id) throws SQLException, ChangeRefused {
    List<Timeline.Entry> entries = new Timelines(List.of()).entries(connection, id);
    assertEquals(1, entries.size());
    assertTrue(entries.getFirst().recordedAt().toString().startsWith("2020-06-01T0"));
    return Timeline.of(entries);
  }

  /** The dead belong to no household. */
  private static Particulars withoutHousehold() {
    return full().particulars().but().household(null).build();
  }

  private Optional<Person> find(People.Key key) throws SQLException {
    return new People().find(connection, key);
  }

  private static Person full() {
    Particulars particulars =
        new Particulars(
            List.of(
                new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, "Nguyễn", "Thị", "Hoa"),
                new PersonName(PersonName.Kind.ALIAS, NameScript.LAO, null, null, "ບົວ")),
            new PartialDate(1999, 3, 8),
            Sex.FEMALE,
            new Place("VN", "44", "Đông Hà"),
            "045",
            new Place("VN", "44", "Hải Lăng"),
            "01",
            "buddhist",
            List.of("LA", "VN"),
            "A+",
            MaritalStatus.MARRIED,
            LifeStatus.DEAD,
            new PartialDate(2020, 5, null),
            List.of(
                new Residence(Residence.Kind.PERMANENT, new Place("VN", "44", "Phường Đông Hà")),
                new Residence(Residence.Kind.TEMPORARY_ABSENCE, new Place("LA", null, null))),
            List.of(
                new Relationship(Relationship.Kind.SPOUSE, BARE, null),
                new Relationship(Relationship.Kind.MOTHER, null, "Trần Thị Lan")),
            new Household(HOME, "spouse"),
            new Contact("+84901234567", "hoa@example.org"),
            "photo:1",
            true);
    return new Person(FULL, "045199000001", List.of("197000001", "197000002"), particulars, null);
  }

  private static Person bare() {
    Particulars particulars =
        new Particulars(
            List.of(new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, "Lê", null, "Long")),
            new PartialDate(1990, null, null),
            Sex.MALE,
            null,
            "045",
            null,
            null,
            null,
            List.of("VN"),
            null,
            MaritalStatus.UNKNOWN,
            LifeStatus.ALIVE,
            null,
            List.of(),
            List.of(),
            null,
            null,
            null,
            false);
    return new Person(BARE, "045090000002", List.of(), particulars, null);
  }

  private static Connection open() {
    EmbeddedDatabase database = EmbeddedDatabase.shared();
    String name = "migration_" + UUID.randomUUID().toString().substring(0, 8);
    try {
      return DriverManager.getConnection(
          database.jdbcUrl(name), database.user(), database.password());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void migrate(IntPredicate versions) throws IOException, SQLException {
    List<Path> scripts;
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      scripts =
          files
              .filter(file -> versions.test(version(file)))
              .sorted(Comparator.comparing(MigrationTest::version))
              .toList();
    }
    connection.setAutoCommit(true);
    for (Path script : scripts) {
      execute(Files.readString(script));
    }
  }

  private static int version(Path script) {
    String name = script.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
