package org.mekong.registry.population.load;

import java.time.LocalDate;
import org.mekong.registry.nation.Nation;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that loads a population, to be killed while it does. */
final class LoadProcess {

  private LoadProcess() {}

  /** Arguments: JDBC URL, user, password, persons, seed, day. */
  public static void main(String[] arguments) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(arguments[0]);
    database.setUser(arguments[1]);
    database.setPassword(arguments[2]);
    PopulationLoad.of(database, Nation.LA)
        .keysOffFrom(1)
        .fill(
            Integer.parseInt(arguments[3]),
            Long.parseLong(arguments[4]),
            LocalDate.parse(arguments[5]),
            progress -> System.out.println(progress.persons()));
  }
}
