package org.mekong.gateway.quota;

import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.access.ClientQuota;

/**
 * Who asks, as quotas count.
 *
 * @param nation of the agency
 * @param agency its id
 * @param client the calling system where it is one of ours, else null
 * @param own what its registration allows it
 */
public record Asker(String nation, String agency, @Nullable String client, ClientQuota own) {

  /** An agency of this nation. */
  public static Asker ours(String nation, Agency agency) {
    return new Asker(nation, agency.id(), agency.clientId(), agency.quota());
  }

  /** An agency of a peer, whose own quota its own gateway counts. */
  public static Asker of(String nation, String agency) {
    return new Asker(nation, agency, null, ClientQuota.NONE);
  }
}
