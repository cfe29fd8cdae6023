package org.mekong.identity.client;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mekong.identity.agency.Agency;

/**
 * A registered system.
 *
 * @param id its {@code client_id}
 * @param agency on whose behalf it asks; none for the system of an administrator
 * @param name as people know it
 * @param keys its public keys
 * @param scopes what it may ask for
 * @param resources the audiences it may ask for, the default first
 * @param permissions what it may ask about people
 * @param status {@code active} or {@code suspended}
 * @param validFrom from when it gets tokens
 * @param validUntil until when
 * @param createdAt when it was registered
 */
public record Client(
    String id,
    Optional<Agency> agency,
    String name,
    JWKSet keys,
    Set<String> scopes,
    List<String> resources,
    List<LookupPermission> permissions,
    String status,
    Instant validFrom,
    Optional<Instant> validUntil,
    Instant createdAt) {

  public Client {
    scopes = Set.copyOf(scopes);
    resources = List.copyOf(resources);
    permissions = List.copyOf(permissions);
  }

  /** Whether it gets tokens at a moment. */
  public boolean usableAt(Instant moment) {
    return status.equals("active")
        && agency.map(Agency::active).orElse(true)
        && !moment.isBefore(validFrom)
        && validUntil.map(moment::isBefore).orElse(true);
  }

  boolean saysTheSameAs(Client other) {
    return id.equals(other.id)
        && agency.map(Agency::id).equals(other.agency.map(Agency::id))
        && name.equals(other.name)
        && keys.toPublicJWKSet().toJSONObject().equals(other.keys.toPublicJWKSet().toJSONObject())
        && scopes.equals(other.scopes)
        && resources.equals(other.resources)
        && permissions.equals(other.permissions)
        && validUntil.equals(other.validUntil);
  }
}
