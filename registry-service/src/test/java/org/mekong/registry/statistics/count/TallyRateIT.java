package org.mekong.registry.statistics.count;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.vitalevent.Circumstances;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.registry.vitalevent.book.Registration;

/**
 * What the figures add to a registration. Measures only when asked to: {@code
 * -Dstatistics.rate.events=2000}.
 */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class TallyRateIT {

  private static final int EVENTS = Integer.getInteger("statistics.rate.events", 0);

  @Inject DataSource database;
  @Inject EventRegistrar events;
  @Inject Timelines timelines;
  @Inject Tally tally;

  @Test
  void measures() throws Exception {
    assumeTrue(EVENTS > 0);
    Book book = new Book(database, events);
    UUID[] people = new UUID[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      people[i] = book.person("1970-01-01", Sex.FEMALE).personId();
    }
    report(
        "live birth",
        i ->
            new VitalEvent.LiveBirth(
                Book.particulars(
                    LocalDate.now().minusDays(3).toString(), Sex.MALE, "An", "44", null),
                null,
                null));
    report("move", i -> Book.move(people[i], "79"));
    report("death", i -> new VitalEvent.Death(people[i], null));
  }

  private void report(String what, IntFunction<VitalEvent> event) throws Exception {
    long registering = 0;
    long tallying = 0;
    for (int i = 0; i < EVENTS; i++) {
      long began = System.nanoTime();
      UUID person = register(event.apply(i));
      registering += System.nanoTime() - began;
      try (Connection transaction = database.getConnection()) {
        transaction.setAutoCommit(false);
        List<Timeline.Entry> entries = timelines.entries(transaction, person);
        Timelines.Addition last = new Timelines.Addition(person, entries, entries.size() - 1);
        Map<UUID, Timeline> life = Map.of(person, Timeline.of(entries));
        long before = System.nanoTime();
        tally.update(transaction, List.of(last), life);
        tallying += System.nanoTime() - before;
        transaction.rollback();
      }
      if (i == EVENTS / 2) {
        registering = 0;
        tallying = 0;
      }
    }
    double measured = EVENTS - EVENTS / 2 - 1;
    System.out.printf(
        "%s: a registration takes %.2f ms, of which the figures %.3f ms%n",
        what, registering / measured / 1e6, tallying / measured / 1e6);
    assertTrue(tallying > 0);
  }

  private UUID register(VitalEvent event) throws SQLException {
    Circumstances when =
        new Circumstances(
            PartialDate.of(LocalDate.now().minusDays(3)),
            LocalDate.now(),
            null,
            "office",
            "registrar",
            new Circumstances.LegalDocument("declaration", "1", null, null));
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      Registration registration = events.register(transaction, event, when);
      transaction.commit();
      return registration.persons().getFirst().personId();
    }
  }
}
