package org.mekong.identity.client;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.agency.Agency;

/** A client as it is answered. */
public record ClientView(
    String clientId,
    @Nullable String agencyId,
    String name,
    String tokenEndpointAuthMethod,
    Map<String, Object> jwks,
    @Nullable URI jwksUri,
    @Nullable String tlsClientAuthSubjectDn,
    List<String> grantTypes,
    List<String> scopes,
    List<String> resources,
    List<LookupPermission> authorizationDetails,
    List<URI> redirectUris,
    List<URI> postLogoutRedirectUris,
    @Nullable URI backchannelLogoutUri,
    String idTokenSignedResponseAlg,
    Quotas quotas,
    List<String> contacts,
    @Nullable UUID holder,
    String status,
    Instant validFrom,
    @Nullable Instant validUntil,
    int version,
    Instant createdAt) {
  /** The view of a client. */
  public static ClientView of(Client client) {
    return new ClientView(
        client.id(),
        client.agency().map(Agency::id).orElse(null),
        client.name(),
        client.identity().method(),
        client.keys().toPublicJWKSet().toJSONObject(),
        client.identity().jwksUri().orElse(null),
        client.identity().tlsSubject().orElse(null),
        client.grantTypes().stream().sorted().toList(),
        client.scopes().stream().sorted().toList(),
        client.resources(),
        client.permissions(),
        client.signIn().redirectUris(),
        client.signIn().postLogoutRedirectUris(),
        client.signIn().backchannelLogoutUri().orElse(null),
        client.signIn().idTokenAlgorithm(),
        client.quotas(),
        client.contacts(),
        client.holder().orElse(null),
        client.status(),
        client.validFrom(),
        client.validUntil().orElse(null),
        client.version(),
        client.createdAt());
  }
}
