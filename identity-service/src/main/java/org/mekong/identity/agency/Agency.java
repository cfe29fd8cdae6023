package org.mekong.identity.agency;

import java.time.Instant;

/**
 * An office that asks about people through its systems.
 *
 * @param id chosen by the administrator, for example {@code vn-quang-tri-civil-registry}
 * @param name as people know it
 * @param agencyClass what agreements speak of, for example {@code civil-registry}
 * @param contact whom to ask about its requests; may be empty
 * @param status {@code active} or {@code suspended}
 * @param version for If-Match
 * @param createdAt when it was registered
 */
public record Agency(
    String id,
    String name,
    String agencyClass,
    String contact,
    String status,
    int version,
    Instant createdAt) {

  /** Whether its systems get tokens. */
  public boolean active() {
    return status.equals("active");
  }

  /** Whether another registration says the same. */
  boolean saysTheSameAs(Agency other) {
    return id.equals(other.id)
        && name.equals(other.name)
        && agencyClass.equals(other.agencyClass)
        && contact.equals(other.contact);
  }
}
