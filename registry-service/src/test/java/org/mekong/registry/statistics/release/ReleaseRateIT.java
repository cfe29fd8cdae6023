package org.mekong.registry.statistics.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.population.load.FreshRegister;
import org.mekong.registry.population.load.LoadReport;
import org.mekong.registry.population.load.PopulationLoad;
import org.mekong.registry.statistics.count.Counters;
import org.mekong.registry.statistics.count.Kind;
import org.mekong.registry.statistics.count.Months;
import org.mekong.registry.statistics.count.Recount;

/**
 * How long figures of a whole synthetic nation take. Measures only when asked to: {@code
 * -Dstatistics.rate.persons=100000}.
 */
class ReleaseRateIT {

  private static final int PERSONS = Integer.getInteger("statistics.rate.persons", 0);

  @Test
  void measures() throws Exception {
    assumeTrue(PERSONS > 0);
    FreshRegister register = FreshRegister.create();
    NationProfile profile = NationProfile.of(Nation.VN);
    LoadReport report =
        PopulationLoad.of(register.database(), Nation.VN)
            .fill(PERSONS, 42, LocalDate.parse("2026-01-01"), progress -> {});
    System.out.printf(
        "loaded %d persons in %d ms%n", report.persons(), report.elapsed().toMillis());
    try (Connection connection = register.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into statistics_state values (1, 1)");
    }
    System.out.printf(
        "rows to fold: %d%n", register.count("select count(*) from statistics_delta"));
    long began = System.nanoTime();
    try (Connection connection = register.database().getConnection()) {
      connection.setAutoCommit(false);
      while (Counters.fold(connection)) {
        connection.commit();
      }
      connection.commit();
    }
    tell("fold", began);
    began = System.nanoTime();
    Recount.Comparison found = Recount.compare(register.database(), profile);
    tell("check " + found, began);
    assertEquals(0, found.differences());
    began = System.nanoTime();
    Releases releases = new Releases(register.database(), profile, Clock.systemUTC());
    assertTrue(releases.makeAnew(transaction -> {}));
    tell("release", began);
    System.out.printf("published: %d%n", register.count("select count(*) from statistics_figure"));
    for (int i = 0; i < 3; i++) {
      try (Connection connection = register.database().getConnection()) {
        int last = Months.of(LocalDate.now()) - 1;
        began = System.nanoTime();
        Published.RESIDENTS.read(connection, Kind.POPULATION, last, last);
        tell("residents of a day", began);
        began = System.nanoTime();
        Published.OCCURRED.read(connection, Kind.LIVE_BIRTH, last - 119, last);
        tell("births of 120 months", began);
        began = System.nanoTime();
        Published.MOVES.read(connection, Kind.MIGRATION, last - 119, last);
        tell("moves of 120 months", began);
      }
    }
  }

  private static void tell(String what, long began) {
    System.out.printf("%s: %.1f ms%n", what, (System.nanoTime() - began) / 1e6);
  }
}
