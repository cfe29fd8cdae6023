package org.mekong.registry.population;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.mekong.registry.identifier.UuidV7;

/** Makes populations in the background and tells how far they are. */
@ApplicationScoped
class PopulationJobs {

  private static final Logger LOG = Logger.getLogger(PopulationJobs.class);

  private final PopulationLoader loader;
  private final Clock clock;
  private final RandomGenerator random = new SecureRandom();

  PopulationJobs(PopulationLoader loader, Clock clock) {
    this.loader = loader;
    this.clock = clock;
  }

  /** Starts a job. */
  PopulationView start(int persons, long seed) {
    UUID id = UuidV7.of(clock.millis(), random);
    PopulationJobEntity job =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  PopulationJobEntity made = new PopulationJobEntity();
                  made.id = id;
                  made.seed = seed;
                  made.total = persons;
                  made.startedAt = clock.instant();
                  made.persist();
                  return made;
                });
    Thread.ofPlatform().name("population").daemon().start(() -> run(id, persons, seed));
    return PopulationView.of(job, clock.instant());
  }

  /** How far a job is. */
  Optional<PopulationView> find(UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> PopulationJobEntity.<PopulationJobEntity>findByIdOptional(id))
        .map(job -> PopulationView.of(job, clock.instant()));
  }

  private void run(UUID id, int persons, long seed) {
    try {
      loader.load(persons, seed, done -> update(id, job -> job.done = done));
      update(id, job -> finish(job, "done"));
      LOG.infof("A synthetic population of %d persons is in the register", persons);
    } catch (SQLException | IOException | RuntimeException e) {
      LOG.error("A synthetic population could not be made; the register is as it was", e);
      update(
          id,
          job -> {
            finish(job, "failed");
            job.done = 0;
            job.failure = "The population could not be loaded; the log tells why.";
          });
    }
  }

  private void finish(PopulationJobEntity job, String state) {
    job.state = state;
    job.finishedAt = clock.instant();
  }

  private static void update(UUID id, Consumer<PopulationJobEntity> change) {
    QuarkusTransaction.requiringNew()
        .run(() -> change.accept(PopulationJobEntity.<PopulationJobEntity>findById(id)));
  }
}
