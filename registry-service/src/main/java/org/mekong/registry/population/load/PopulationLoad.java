package org.mekong.registry.population.load;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.mekong.registry.feed.append.Sequencer;
import org.mekong.registry.identifier.LaoNumbers;
import org.mekong.registry.identifier.NumberScheme;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.identifier.VietnameseNumbers;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.PersonRules;
import org.mekong.registry.population.village.Settlement;
import org.mekong.registry.search.index.NameIndex;
import org.mekong.registry.vitalevent.rule.EventRules;

/**
 * Fills an empty register with a synthetic population. Each village is loaded in a transaction of
 * its own, with the note that it is there; a load that was cut off, by whatever, goes on with the
 * villages that are missing and ends with the same rows. Thread-safe.
 */
public final class PopulationLoad {

  private static final String LOCKED = "55P03";
  private static final String LAO_PATTERN = "PPSYYRRRRRRR";

  private final DataSource database;
  private final NationProfile profile;
  private final NumberScheme scheme;
  private final EventRules rules;
  private final Clock clock;
  private int keysOffFrom = 50_000;

  /** Loads into the register behind a data source, whose schema has to be there. */
  public PopulationLoad(
      DataSource database,
      NationProfile profile,
      NumberScheme scheme,
      EventRules rules,
      Clock clock) {
    this.database = database;
    this.profile = profile;
    this.scheme = scheme;
    this.rules = rules;
    this.clock = clock;
  }

  /** The same outside of the service, with the nation's own rules and numbers. */
  public static PopulationLoad of(DataSource database, Nation nation) {
    NationProfile profile = NationProfile.of(nation);
    Clock clock = Clock.systemUTC();
    NumberScheme scheme =
        switch (nation) {
          case VN -> new VietnameseNumbers(profile);
          case LA, KH -> new LaoNumbers(LAO_PATTERN);
        };
    return new PopulationLoad(
        database,
        profile,
        scheme,
        new EventRules(profile, new PersonRules(profile, clock), clock),
        clock);
  }

  /** From how many persons on the index of names is loaded without its keys; 50,000 if not set. */
  PopulationLoad keysOffFrom(int persons) {
    keysOffFrom = persons;
    return this;
  }

  /** Why a load cannot begin. */
  public enum Hindrance {
    /** Somebody is loading. */
    BUSY,
    /** The register holds persons, and they are not of a load that could go on. */
    NOT_EMPTY
  }

  /** A load cannot begin. */
  public static final class HinderedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Hindrance hindrance;

    HinderedException(Hindrance hindrance) {
      super("The register cannot be filled: " + hindrance);
      this.hindrance = hindrance;
    }

    /** Why. */
    public Hindrance hindrance() {
      return hindrance;
    }
  }

  /** The day that populations made today are of: the first of this year. */
  public LocalDate day() {
    return LocalDate.now(clock.withZone(profile.zone())).withDayOfYear(1);
  }

  /** All loads, the latest first. */
  public List<LoadJob> jobs() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return LoadTable.jobs(connection);
    }
  }

  /** A load. */
  public Optional<LoadJob> job(UUID id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return LoadTable.jobs(connection, id).stream().findFirst();
    }
  }

  /**
   * Begins a load, or goes on with one of the same size and seed that was interrupted or failed.
   *
   * @return the load, which is to be run, or closed
   */
  public RunningLoad begin(int persons, long seed, LocalDate day)
      throws SQLException, HinderedException {
    RunningLoad running = lock().orElseThrow(() -> new HinderedException(Hindrance.BUSY));
    try (Connection connection = database.getConnection()) {
      Instant now = clock.instant();
      boolean empty = LoadTable.isEmpty(connection);
      for (LoadJob job : LoadTable.jobs(connection)) {
        boolean same = job.persons() == persons && job.seed() == seed && job.day() != null;
        boolean begun = empty || job.progress().persons() > 0;
        if (same && begun && job.state() != LoadJob.State.DONE) {
          return running.goesOn(connection, job, now);
        }
      }
      if (!empty) {
        throw new HinderedException(Hindrance.NOT_EMPTY);
      }
      LoadTable.giveUp(connection, now);
      UUID id = UuidV7.of(now.toEpochMilli(), new SecureRandom());
      LoadTable.add(connection, id, persons, seed, day, now);
      return running.of(id, settlement(persons, seed, day));
    } catch (SQLException | HinderedException | RuntimeException e) {
      running.close();
      throw e;
    }
  }

  /**
   * Goes on with the latest load, if it was interrupted. Where none was, what an earlier one may
   * have left is put in order.
   */
  public Optional<RunningLoad> resume() throws SQLException {
    Optional<RunningLoad> running = lock();
    if (running.isEmpty()) {
      return running;
    }
    try (Connection connection = database.getConnection()) {
      for (LoadJob job : LoadTable.jobs(connection)) {
        if (job.state() == LoadJob.State.RUNNING && job.day() != null) {
          return Optional.of(running.get().goesOn(connection, job, clock.instant()));
        }
      }
    } catch (SQLException | RuntimeException e) {
      running.get().close();
      throw e;
    }
    try (RunningLoad nothing = running.get()) {
      keys("set local maintenance_work_mem = '256MB'", NameIndex::addKeys);
    }
    return Optional.empty();
  }

  /** Begins or goes on with a load, and runs it to its end. */
  public LoadReport fill(int persons, long seed, LocalDate day, Consumer<LoadProgress> progress)
      throws SQLException, HinderedException {
    try (RunningLoad running = begin(persons, seed, day)) {
      return running.run(progress);
    }
  }

  @FunctionalInterface
  private interface OnKeys {
    void change(Connection transaction) throws SQLException;
  }

  /** Changes the keys of the index of names, in a transaction of its own. */
  private void keys(String setting, OnKeys change) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(setting);
        change.change(connection);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private Settlement settlement(int persons, long seed, LocalDate day) {
    return new Settlement(profile, scheme, rules, persons, seed, day);
  }

  private Optional<RunningLoad> lock() throws SQLException {
    Connection holder = database.getConnection();
    boolean held = false;
    try {
      holder.setAutoCommit(false);
      held = LoadTable.lock(holder);
      if (held) {
        Sequencer.holdBack(holder);
      }
      return held ? Optional.of(new RunningLoad(holder)) : Optional.empty();
    } finally {
      if (!held) {
        holder.close();
      }
    }
  }

  /**
   * A load that this process works on: nobody else does as long as it is not closed. Not
   * thread-safe.
   */
  public final class RunningLoad implements AutoCloseable {

    private final Connection holder;
    private UUID id = new UUID(0, 0);
    private Settlement settlement = settlement(1, 0, LocalDate.EPOCH);
    private BitSet present = new BitSet();
    private LoadProgress start = new LoadProgress(0, 0, 0, Instant.EPOCH, 0);

    private RunningLoad(Connection holder) {
      this.holder = holder;
    }

    private RunningLoad of(UUID job, Settlement of) throws SQLException {
      id = job;
      settlement = of;
      start = job(job).orElseThrow().progress();
      return this;
    }

    private RunningLoad goesOn(Connection connection, LoadJob job, Instant now)
        throws SQLException {
      LoadTable.resume(connection, job.id(), now);
      present = LoadTable.villages(connection, job.id());
      return of(job.id(), settlement(job.persons(), job.seed(), Objects.requireNonNull(job.day())));
    }

    /** The load's key. */
    public UUID id() {
      return id;
    }

    /**
     * Loads what is missing.
     *
     * @param progress told after each village, by several threads
     */
    public LoadReport run(Consumer<LoadProgress> progress) throws SQLException {
      long began = System.nanoTime();
      try {
        if (settlement.persons() - start.persons() >= keysOffFrom) {
          dropKeys();
        }
        VillageLoaders loaders = new VillageLoaders(database, clock, settlement, id, start);
        loaders.load(present, progress);
        long loaded = System.nanoTime();
        finish();
        return loaders.report(
            Duration.ofNanos(System.nanoTime() - began),
            Duration.ofNanos(System.nanoTime() - loaded));
      } catch (SQLException | RuntimeException e) {
        fail();
        throw e;
      }
    }

    /** Where others do not let go of the index, it is loaded with its keys. */
    private void dropKeys() throws SQLException {
      try {
        keys("set local lock_timeout = '3s'", NameIndex::dropKeys);
      } catch (SQLException e) {
        if (!LOCKED.equals(e.getSQLState())) {
          throw e;
        }
      }
    }

    /** The last commit waits for the disk, and by that for all commits before it. */
    private void finish() throws SQLException {
      keys("set local maintenance_work_mem = '256MB'", NameIndex::addKeys);
      try (Connection connection = database.getConnection()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "analyze person, person_event, vital_event, identifier, household_member, name_index");
        }
        LoadTable.finish(connection, id, "done", null, clock.instant());
      }
    }

    private void fail() throws SQLException {
      try (Connection connection = database.getConnection()) {
        LoadTable.finish(
            connection,
            id,
            "failed",
            "The population could not be loaded; the log tells why.",
            clock.instant());
      }
    }

    /** Lets go of the load: whoever comes next may go on with it. */
    @Override
    public void close() throws SQLException {
      if (!holder.isClosed()) {
        try {
          holder.rollback();
        } finally {
          holder.close();
        }
      }
    }
  }
}
