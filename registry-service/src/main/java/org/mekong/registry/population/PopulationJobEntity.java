package org.mekong.registry.population;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code population_job}. */
@Entity
@Table(name = "population_job")
class PopulationJobEntity extends PanacheEntityBase {

  @Id
  @Column(name = "job_id")
  @Nullable UUID id;

  long seed;

  int total;

  int done;

  String state = "running";

  @Nullable String failure;

  @Column(name = "started_at")
  Instant startedAt = Instant.EPOCH;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;
}
