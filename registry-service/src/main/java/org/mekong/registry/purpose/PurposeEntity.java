package org.mekong.registry.purpose;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code purpose}. */
@Entity
@Table(name = "purpose")
class PurposeEntity extends PanacheEntityBase {

  @Id String code = "";

  String description = "";

  @Column(name = "created_at")
  Instant createdAt = Instant.EPOCH;
}
