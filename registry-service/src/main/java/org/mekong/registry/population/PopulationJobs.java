package org.mekong.registry.population;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.registry.identifier.NumberScheme;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.population.load.LoadReport;
import org.mekong.registry.population.load.PopulationLoad;
import org.mekong.registry.population.load.PopulationLoad.HinderedException;
import org.mekong.registry.population.load.PopulationLoad.RunningLoad;
import org.mekong.registry.population.people.SyntheticNames;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.statistics.release.Releases;
import org.mekong.registry.vitalevent.rule.EventRules;

/**
 * Makes populations in the background and tells how far they are. A load that the end of a process
 * has cut off goes on when the next one starts.
 */
@ApplicationScoped
class PopulationJobs {

  private static final Logger LOG = Logger.getLogger(PopulationJobs.class);

  private final PopulationConfig config;
  private final Nation nation;
  private final PopulationLoad load;
  private final Releases releases;
  private final Clock clock;

  PopulationJobs(
      PopulationConfig config,
      DataSource database,
      NationProfile profile,
      NumberScheme scheme,
      EventRules rules,
      Releases releases,
      Clock clock) {
    this.config = config;
    this.nation = profile.nation();
    this.releases = releases;
    this.load = new PopulationLoad(database, profile, scheme, rules, clock);
    this.clock = clock;
  }

  void resume(@Observes StartupEvent start) throws SQLException {
    if (config.enabled() && SyntheticNames.exist(nation)) {
      load.resume().ifPresent(this::run);
    }
  }

  /** Starts a job, or goes on with one of the same size and seed that was cut off. */
  PopulationView start(int persons, long seed) throws SQLException, HinderedException {
    if (!SyntheticNames.exist(nation)) {
      throw Problem.CONFLICT.because(
          "There are no synthetic people of this nation; load persons of your own.");
    }
    RunningLoad running = load.begin(persons, seed, load.day());
    run(running);
    return find(running.id()).orElseThrow();
  }

  /** How far a job is. */
  Optional<PopulationView> find(UUID id) throws SQLException {
    return load.job(id).map(job -> PopulationView.of(job, clock.instant()));
  }

  /** All jobs, the latest first. */
  List<PopulationView> all() throws SQLException {
    return load.jobs().stream().map(job -> PopulationView.of(job, clock.instant())).toList();
  }

  private void run(RunningLoad running) {
    Thread.ofPlatform()
        .name("population")
        .daemon()
        .start(
            () -> {
              try (running) {
                LoadReport report = running.run(progress -> {});
                LOG.infof(
                    "A synthetic population is in the register: %d persons and %d events in %d s",
                    report.persons(), report.events(), report.elapsed().toSeconds());
                releases.makeAnew(transaction -> {}); // nobody of them is real
              } catch (SQLException | RuntimeException e) {
                LOG.error(
                    "A synthetic population could not be made; its finished villages stay", e);
              }
            });
  }
}
