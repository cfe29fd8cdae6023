package org.mekong.registry.population.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.PersonJson;
import org.mekong.registry.population.load.PopulationLoad.HinderedException;
import org.mekong.registry.population.load.PopulationLoad.Hindrance;
import org.mekong.registry.population.load.PopulationLoad.RunningLoad;
import org.mekong.registry.search.index.NameIndex;
import org.mekong.registry.statistics.count.Recount;

class PopulationLoadIT {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final int PERSONS = 4_100;
  private static final String KEYS =
      "select count(*) from pg_index where indrelid = 'name_index'::regclass";

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KH") // nobody is invented there
  void whatIsStoredIsTheReplayOfWhatIsStored(Nation nation) throws Exception {
    FreshRegister register = FreshRegister.create();
    LoadReport report =
        PopulationLoad.of(register.database(), nation).fill(PERSONS, 42, DAY, progress -> {});

    assertEquals(PERSONS, report.persons());
    assertEquals(PERSONS, register.count("select count(*) from person"));
    assertEquals(report.events(), register.count("select count(*) from vital_event"));
    assertEquals(report.entries(), register.count("select count(*) from person_event"));
    Map<UUID, List<Timeline.Entry>> entries = entries(register);
    try (Connection connection = register.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from person")) {
      while (row.next()) {
        UUID id = row.getObject("person_id", UUID.class);
        Person replayed = Timeline.of(entries.get(id)).latest().orElseThrow().person();
        assertEquals(PersonJson.write(replayed), row.getString("document"));
        assertEquals(entries.get(id).size(), row.getInt("version"));
        assertEquals(replayed.particulars().sex().code(), row.getInt("sex"));
        assertEquals(replayed.particulars().lifeStatus().code(), row.getString("life_status"));
      }
    }
  }

  @Test
  void everyNumberAndHouseholdOfAPersonIsFoundInItsTable() throws Exception {
    FreshRegister register = FreshRegister.create();
    PopulationLoad.of(register.database(), Nation.VN).fill(PERSONS, 1, DAY, progress -> {});

    assertEquals(
        0,
        register.count(
            "select count(*) from person p where not exists (select from identifier i where"
                + " i.person_id = p.person_id and i.number = p.document ->> 'personalNumber')"));
    assertEquals(
        0,
        register.count(
            "select count(*) from person p where p.document #>> '{particulars,household,id}' is"
                + " not null and not exists (select from household_member h where"
                + " h.person_id = p.person_id and h.household_id ="
                + " (p.document #>> '{particulars,household,id}')::uuid)"));
    assertEquals(
        0,
        register.count(
            "select count(*) from vital_event v, unnest(v.persons) touched(person_id) where not"
                + " exists (select from person_event e where e.person_id = touched.person_id"
                + " and e.event_id = v.event_id)"));
  }

  @Test
  void aLoadThatWasKilledGoesOnAndEndsWithTheSameRows() throws Exception {
    int persons = 16_000;
    FreshRegister whole = FreshRegister.create();
    PopulationLoad.of(whole.database(), Nation.LA).fill(persons, 7, DAY, progress -> {});
    FreshRegister register = FreshRegister.create();
    PopulationLoad load = PopulationLoad.of(register.database(), Nation.LA);

    killAfterFirstVillage(register, persons);

    LoadJob cut = awaitEndOf(load);
    assertEquals(LoadJob.State.INTERRUPTED, cut.state());
    assertTrue(cut.progress().persons() > 0 && cut.progress().persons() < persons);
    assertEquals(cut.progress().persons(), register.count("select count(*) from person"));
    figuresAreARecount(register, cut.progress().persons());
    assertEquals(0, register.count(KEYS));
    HinderedException other =
        assertThrows(HinderedException.class, () -> load.begin(persons, 8, DAY));
    assertEquals(Hindrance.NOT_EMPTY, other.hindrance());

    try (RunningLoad resumed = load.resume().orElseThrow()) {
      assertEquals(cut.id(), resumed.id());
      HinderedException busy =
          assertThrows(HinderedException.class, () -> load.begin(persons, 7, DAY));
      assertEquals(Hindrance.BUSY, busy.hindrance());
      assertEquals(persons - cut.progress().persons(), resumed.run(progress -> {}).persons());
    }
    LoadJob done = load.job(cut.id()).orElseThrow();
    assertEquals(LoadJob.State.DONE, done.state());
    assertEquals(persons, done.progress().persons());
    assertEquals(whole.digest(), register.digest());
    figuresAreARecount(register, persons);
    assertEquals(2, register.count(KEYS));
    assertTrue(load.resume().isEmpty());
  }

  @Test
  void aLoadThatFailedTellsSoAndCanBeTriedAgain() throws Exception {
    FreshRegister register = FreshRegister.create();
    PopulationLoad load = PopulationLoad.of(register.database(), Nation.VN);
    try (RunningLoad running = load.begin(2 * PERSONS, 3, DAY)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              running.run(
                  progress -> {
                    throw new IllegalStateException("the disk is full");
                  }));
    }
    LoadJob failed = load.jobs().getFirst();
    assertEquals(LoadJob.State.FAILED, failed.state());
    assertEquals(failed.progress().persons(), register.count("select count(*) from person"));
    assertFalse(load.resume().isPresent());

    load.fill(2 * PERSONS, 3, DAY, progress -> {});

    assertEquals(1, load.jobs().size());
    assertEquals(LoadJob.State.DONE, load.jobs().getFirst().state());
    assertEquals(2 * PERSONS, register.count("select count(*) from person"));
  }

  @Test
  void keysThatALoadTookOffAndLeftArePutBackAtTheNextStart() throws Exception {
    FreshRegister register = FreshRegister.create();
    try (Connection connection = register.database().getConnection()) {
      NameIndex.dropKeys(connection);
    }
    assertEquals(0, register.count(KEYS));

    assertTrue(PopulationLoad.of(register.database(), Nation.VN).resume().isEmpty());

    assertEquals(2, register.count(KEYS));
  }

  private static void figuresAreARecount(FreshRegister register, long persons) throws SQLException {
    Recount.Comparison found = Recount.compare(register.database(), NationProfile.of(Nation.LA));
    assertEquals(persons, found.persons());
    assertTrue(found.figures() > 1_000);
    assertEquals(0, found.differences());
  }

  private static void killAfterFirstVillage(FreshRegister register, int persons) throws Exception {
    EmbeddedDatabase server = EmbeddedDatabase.shared();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LoadProcess.class.getName(),
                server.jdbcUrl(register.name()),
                server.user(),
                server.password(),
                Integer.toString(persons),
                "7",
                DAY.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      while (line != null && !line.matches("[0-9]+")) {
        line = output.readLine();
      }
      assertTrue(line != null, "the process ended before its first village");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The server notices soon that the process is gone, and lets go of what it held. */
  private static LoadJob awaitEndOf(PopulationLoad load) throws Exception {
    LoadJob job = load.jobs().getFirst();
    for (int i = 0; i < 300 && job.state() == LoadJob.State.RUNNING; i++) {
      Thread.sleep(100);
      job = load.jobs().getFirst();
    }
    return job;
  }

  private static Map<UUID, List<Timeline.Entry>> entries(FreshRegister register) throws Exception {
    Map<UUID, List<Timeline.Entry>> entries = new HashMap<>();
    try (Connection connection = register.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select * from person_event order by person_id, seq")) {
      while (row.next()) {
        entries
            .computeIfAbsent(row.getObject("person_id", UUID.class), id -> new ArrayList<>())
            .add(
                new Timeline.Entry(
                    row.getInt("seq"),
                    row.getObject("event_id", UUID.class),
                    row.getString("type"),
                    row.getString("role"),
                    PartialDate.parse(row.getString("occurred_on")).orElseThrow(),
                    row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                    row.getObject("supersedes", UUID.class),
                    PersonJson.changes(row.getString("changes"))));
      }
    }
    return entries;
  }
}
