package org.mekong.registry.statistics.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;

/** The figures that are kept are those that a count of the register gives, whatever happens. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class CountIT {

  private static final int TOWNS = 3;
  private static final int EVENTS = 1_200;

  @Inject DataSource database;
  @Inject EventRegistrar events;
  @Inject NationProfile profile;
  @Inject CountFill fill;
  private Book book;

  /** Other tests write rows beside the register's own ways. */
  @BeforeEach
  void count() throws SQLException {
    fill.fill(true);
    book = new Book(database, events);
    assertEquals(0, compare().differences());
  }

  @Test
  void figuresAreARecountAfterThousandsOfRandomEventsByManyWriters() throws Exception {
    List<UUID> persons = RandomTown.shared();
    List<RandomTown.Done> done = RandomTown.shared();
    List<RandomTown> towns = new ArrayList<>();
    for (int i = 0; i < TOWNS; i++) {
      towns.add(new RandomTown(database, events, 100 + i, persons, done));
    }
    try (ExecutorService writers = Executors.newFixedThreadPool(TOWNS + 1)) {
      List<Future<?>> works = new ArrayList<>();
      for (RandomTown town : towns) {
        works.add(
            writers.submit(
                () -> {
                  town.happen(EVENTS);
                  return null;
                }));
      }
      while (works.stream().anyMatch(work -> !work.isDone())) {
        assertEquals(0, compare().differences(), "while others register");
        fold();
        Thread.sleep(200);
      }
      for (Future<?> work : works) {
        work.get();
      }
    }
    Recount.Comparison found = compare();
    assertEquals(0, found.differences());
    assertTrue(found.figures() > 1_000, () -> "figures " + found);
    int registered = towns.stream().mapToInt(RandomTown::registered).sum();
    assertTrue(registered > TOWNS * EVENTS / 3, () -> "registered " + registered);
    assertTrue(towns.stream().allMatch(town -> town.rolledBack() > 10 && town.refused() > 10));
    long kinds = done.stream().map(each -> each.event().getClass()).distinct().count();
    assertTrue(kinds >= 8, () -> "kinds of events " + kinds);
    fold();
    assertEquals(0, compare().differences(), "folded");
  }

  @Test
  void aCheckFindsAFigureThatIsWrong() throws SQLException {
    execute(
        "insert into statistics_delta values (3, 24300, '44', '', 1, 0, 1),"
            + " (1, 24300, '44', '', 1, 24000, -1)");
    assertEquals(2, compare().differences());
    fold();
    assertEquals(2, compare().differences());
    execute(
        "insert into statistics_delta values (3, 24300, '44', '', 1, 0, -1),"
            + " (1, 24300, '44', '', 1, 24000, 1)");
    assertEquals(0, compare().differences());
  }

  @Test
  void whatIsTakenBackLeavesTheFiguresAsTheyWere() throws SQLException {
    UUID man = book.person("1990-01-01", Sex.MALE).personId();
    UUID woman = book.person("1991-02-02", Sex.FEMALE).personId();
    Map<Key, Long> before = figures();
    List<VitalEvent> lives =
        List.of(
            Book.move(man, "79"),
            new VitalEvent.Marriage(Party.of(man), Party.of(woman)),
            new VitalEvent.Death(man, null),
            new VitalEvent.SexCorrection(woman, Sex.MALE));
    for (VitalEvent event : lives) {
      Registration registration = book.register("2020-05-17", event);
      Map<Key, Long> during = figures();
      if (!(event instanceof VitalEvent.SexCorrection)) {
        assertNotEquals(before, during, event.type());
      }
      book.register(
          "2020-05-17", new VitalEvent.EventAnnulment(registration.eventId(), "entered wrongly"));
      assertEquals(before, figures(), event.type());
    }
  }

  @Test
  void aMergeCountsOnePersonAndASplitTwo() throws SQLException {
    UUID survivor = book.person("1980-03-03", Sex.MALE).personId();
    UUID duplicate = book.person("1980-03-03", Sex.MALE).personId();
    int cohort = Months.of(LocalDate.parse("1980-03-02"));
    Key home = new Key(Kind.POPULATION, Months.FIRST - 1, "44", "", 1, cohort);
    long two = figures().get(home);
    Registration merge =
        book.register("2024-01-01", new VitalEvent.Merge(survivor, duplicate, null));
    assertEquals(two - 1, figures().get(home));
    book.register("2024-02-01", new VitalEvent.Split(merge.eventId()));
    assertEquals(two, figures().get(home));
  }

  @Test
  void aMarriageIsOneAndACorrectionDoesNotMakeItLater() throws SQLException {
    UUID man = book.person("1985-01-01", Sex.MALE).personId();
    UUID woman = book.person("1986-02-02", Sex.FEMALE).personId();
    Map<Key, Long> before = figures();
    VitalEvent marriage = new VitalEvent.Marriage(Party.of(man), Party.of(woman));
    Registration registered = book.register("2021-06-01", marriage);
    int now = Months.of(LocalDate.now());
    Key late = new Key(Kind.MARRIAGE, now, "", "", 0, new Delay(Delay.Span.LATER, 99).code());
    assertEquals(before.getOrDefault(late, 0L) + 1, figures().get(late));
    String yesterday = LocalDate.now().toString();
    book.register(yesterday, new VitalEvent.Correction(registered.eventId(), marriage));
    Key today = new Key(Kind.MARRIAGE, now, "", "", 0, new Delay(Delay.Span.SAME_DAY, 0).code());
    assertEquals(before.getOrDefault(late, 0L), figures().getOrDefault(late, 0L));
    assertEquals(before.getOrDefault(today, 0L) + 1, figures().get(today));
  }

  @Test
  void delaysAreThoseOfTheLaw() {
    LocalDate registered = LocalDate.parse("2024-03-01");
    assertEquals(new Delay(Delay.Span.SAME_DAY, 0), delay("2024-03-01", registered));
    assertEquals(new Delay(Delay.Span.WITHIN_30, 1), delay("2024-02-29", registered));
    assertEquals(new Delay(Delay.Span.WITHIN_30, 2), delay("2024-01-31", registered));
    assertEquals(new Delay(Delay.Span.WITHIN_90, 2), delay("2024-01-30", registered));
    assertEquals(new Delay(Delay.Span.WITHIN_90, 3), delay("2023-12-02", registered));
    assertEquals(new Delay(Delay.Span.WITHIN_365, 3), delay("2023-12-01", registered));
    assertEquals(new Delay(Delay.Span.WITHIN_365, 12), delay("2023-03-02", registered));
    assertEquals(new Delay(Delay.Span.LATER, Delay.NO_LAG), delay("2023-03-01", registered));
    assertEquals(new Delay(Delay.Span.UNKNOWN, 1), delay("2024-02", registered));
    assertEquals(new Delay(Delay.Span.UNKNOWN, Delay.NO_LAG), delay("2022-02", registered));
    assertEquals(new Delay(Delay.Span.UNKNOWN, Delay.NO_LAG), delay("2024", registered));
    for (Delay.Span span : Delay.Span.values()) {
      assertEquals(new Delay(span, 7), Delay.ofCode(new Delay(span, 7).code()));
    }
  }

  private static Delay delay(String occurred, LocalDate registered) {
    return Delay.of(PartialDate.parse(occurred).orElseThrow(), registered);
  }

  private Map<Key, Long> figures() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Map<Key, Long> figures = new HashMap<>();
      Counters.read(connection, figures::put);
      connection.rollback();
      assertFalse(figures.isEmpty());
      return figures;
    }
  }

  private Recount.Comparison compare() throws SQLException {
    return Recount.compare(database, profile);
  }

  private void fold() throws SQLException {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      Counters.fold(transaction);
      transaction.commit();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
