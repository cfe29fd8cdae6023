package org.mekong.identity.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.agency.Agency;

/** A client as it is answered. */
public record ClientView(
    String clientId,
    @Nullable String agencyId,
    String name,
    Map<String, Object> jwks,
    List<String> scopes,
    List<String> resources,
    List<LookupPermission> authorizationDetails,
    String status,
    Instant validFrom,
    @Nullable Instant validUntil,
    Instant createdAt) {
  static ClientView of(Client client) {
    return new ClientView(
        client.id(),
        client.agency().map(Agency::id).orElse(null),
        client.name(),
        client.keys().toPublicJWKSet().toJSONObject(),
        client.scopes().stream().sorted().toList(),
        client.resources(),
        client.permissions(),
        client.status(),
        client.validFrom(),
        client.validUntil().orElse(null),
        client.createdAt());
  }
}
