package org.mekong.identity.client;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.identity.agency.Agency;

/**
 * A registered system.
 *
 * @param id its {@code client_id}
 * @param agency on whose behalf it asks; none for the system of an administrator
 * @param name as people know it
 * @param identity by what it proves that it is the one
 * @param grantTypes how it may get tokens
 * @param scopes what it may ask for
 * @param resources the audiences it may ask for, the default first
 * @param permissions what it may ask about people
 * @param signIn how people come back to it
 * @param quotas how often it may ask
 * @param contacts whom to ask about it
 * @param holder the administrator's account whose system it is, where it may administer
 * @param status {@code active} or {@code suspended}
 * @param validFrom from when it gets tokens
 * @param validUntil until when
 * @param version for If-Match
 * @param createdAt when it was registered
 */
public record Client(
    String id,
    Optional<Agency> agency,
    String name,
    ClientIdentity identity,
    Set<String> grantTypes,
    Set<String> scopes,
    List<String> resources,
    List<LookupPermission> permissions,
    SignInSettings signIn,
    Quotas quotas,
    List<String> contacts,
    Optional<UUID> holder,
    String status,
    Instant validFrom,
    Optional<Instant> validUntil,
    int version,
    Instant createdAt) {

  public Client {
    grantTypes = Set.copyOf(grantTypes);
    scopes = Set.copyOf(scopes);
    resources = List.copyOf(resources);
    permissions = List.copyOf(permissions);
    contacts = List.copyOf(contacts);
  }

  /** Its registered public keys; those at a {@code jwks_uri} come from {@link RemoteKeys}. */
  public JWKSet keys() {
    return identity.keys();
  }

  /** Whether it gets tokens at a moment. */
  public boolean usableAt(Instant moment) {
    return status.equals("active")
        && agency.map(Agency::active).orElse(true)
        && !moment.isBefore(validFrom)
        && validUntil.map(moment::isBefore).orElse(true);
  }

  /** The same with another status. */
  public Client as(String other) {
    return with(identity, other, version);
  }

  /** The same, proving itself in another way. */
  public Client by(ClientIdentity other) {
    return with(other, status, version);
  }

  /** The same as the change of another version. */
  public Client at(int seen) {
    return with(identity, status, seen);
  }

  private Client with(ClientIdentity proof, String standing, int seen) {
    return new Client(
        id,
        agency,
        name,
        proof,
        grantTypes,
        scopes,
        resources,
        permissions,
        signIn,
        quotas,
        contacts,
        holder,
        standing,
        validFrom,
        validUntil,
        seen,
        createdAt);
  }

  /** Whether another registration says the same. */
  public boolean saysTheSameAs(Client other) {
    return id.equals(other.id)
        && agency.map(Agency::id).equals(other.agency.map(Agency::id))
        && name.equals(other.name)
        && identity.saysTheSameAs(other.identity)
        && grantTypes.equals(other.grantTypes)
        && scopes.equals(other.scopes)
        && resources.equals(other.resources)
        && permissions.equals(other.permissions)
        && signIn.equals(other.signIn)
        && quotas.equals(other.quotas)
        && contacts.equals(other.contacts)
        && holder.equals(other.holder)
        && validUntil.equals(other.validUntil);
  }
}
