package org.mekong.registry.population.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.mekong.registry.feed.append.Sequencer;
import org.mekong.registry.nation.Nation;

/** Who is loaded in bulk stands in the change feed, with every entry of their lives. */
class LoadedFeedIT {

  private static final int PERSONS = 3_000;

  @Test
  void everyEntryOfALoadStandsInTheFeedOnceAndInItsOrder() throws Exception {
    FreshRegister register = FreshRegister.create();
    PopulationLoad.of(register.database(), Nation.VN)
        .fill(PERSONS, 11, LocalDate.of(2026, 1, 1), progress -> {});
    long entries = register.count("select count(*) from person_event");
    assertEquals(entries, register.count("select sum(entries) from change_arrival"));
    assertTrue(register.count("select count(*) from change_arrival") < PERSONS / 10, "by batches");

    Sequencer sequencer = new Sequencer(register.database(), Clock.systemUTC());
    while (sequencer.pass()) {
      assertEquals(
          register.count("select position from change_feed"),
          register.count("select coalesce(max(position), 0) from change_entry"));
    }

    assertEquals(entries, register.count("select position from change_feed"));
    assertEquals(entries, register.count("select count(*) from change_entry"));
    assertEquals(0, register.count("select count(*) from change_arrival"));
    assertEquals(
        entries,
        register.count(
            "select count(*) from change_entry c join person_event e"
                + " on e.person_id = c.person_id and e.event_id = c.event_id and e.type = c.type"
                + " and e.recorded_at = c.recorded_at"));
    assertEquals(
        0,
        register.count(
            "select count(*) from (select e.seq - lag(e.seq) over"
                + " (partition by c.person_id order by c.position) as step"
                + " from change_entry c join person_event e"
                + " on e.person_id = c.person_id and e.event_id = c.event_id) s where step <= 0"));
    assertEquals(
        0,
        register.count(
            "select count(*) from change_entry c join person p using (person_id)"
                + " where c.province is distinct from p.province"
                + " and not (p.document -> 'particulars' ->> 'withheld')::boolean"));
    assertEquals(
        register.count(
            "select count(*) from person"
                + " where (document -> 'particulars' ->> 'withheld')::boolean"),
        register.count("select count(*) from change_hidden"));
  }
}
