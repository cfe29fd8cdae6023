package org.mekong.gateway.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agency that calls, as its verified token says.
 *
 * @param clientId the calling system
 * @param id of the agency
 * @param agencyClass such as {@code civil-registry}
 * @param grants what it may ask
 * @param quota how often the calling system may ask
 * @param officer on whose behalf it asks, where the token says so; a pseudonym
 */
public record Agency(
    String clientId,
    String id,
    String agencyClass,
    List<Grant> grants,
    ClientQuota quota,
    @Nullable String officer) {

  public Agency {
    grants = List.copyOf(grants);
  }
}
