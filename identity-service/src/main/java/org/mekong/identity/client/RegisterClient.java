package org.mekong.identity.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;
import org.mekong.identity.agency.Agency;

/**
 * The registration of a client, as an administrator sends it. Of {@code jwks}, {@code jwksUri} and
 * {@code tlsClientAuthSubjectDn} exactly one says by what the client proves that it is the one.
 */
public record RegisterClient(
    @Schema(required = true, pattern = "[a-z0-9][a-z0-9._-]{1,98}") @Nullable String clientId,
    @Schema(description = "absent for an administrator's system") @Nullable String agencyId,
    @Schema(required = true, maxLength = 200) @Nullable String name,
    @Schema(
            defaultValue = "private_key_jwt",
            enumeration = {"private_key_jwt", "tls_client_auth"})
        @Nullable String tokenEndpointAuthMethod,
    @Nullable Map<String, Object> jwks,
    @Schema(maxLength = 500) @Nullable String jwksUri,
    @Schema(maxLength = 500, description = "distinguished name of RFC 4514")
        @Nullable String tlsClientAuthSubjectDn,
    @Schema(defaultValue = "[\"client_credentials\"]") @Nullable List<String> grantTypes,
    @Schema(required = true) @Nullable List<String> scopes,
    @Schema(required = true) @Nullable List<String> resources,
    @Nullable List<LookupPermission> authorizationDetails,
    @Nullable List<String> redirectUris,
    @Nullable List<String> postLogoutRedirectUris,
    @Schema(maxLength = 500) @Nullable String backchannelLogoutUri,
    @Schema(
            defaultValue = "ES256",
            enumeration = {"ES256", "PS256", "EdDSA"})
        @Nullable String idTokenSignedResponseAlg,
    @Nullable Quotas quotas,
    @Nullable List<String> contacts,
    @Schema(description = "the administrator whose system it is, where it may administer")
        @Nullable UUID holder,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil) {

  /** The scopes that this issuer knows. */
  public static final Set<String> SCOPES =
      Set.of(
          "openid",
          "offline_access",
          "lookup",
          "person.read",
          "person.write",
          "person.self",
          "feed.read",
          "duplicate.review",
          "register.import",
          "register.export",
          "registry.admin",
          "gateway.admin",
          "identity.audit",
          "identity.admin");

  private static final Set<String> GRANTS =
      Set.of(
          "client_credentials",
          "authorization_code",
          "refresh_token",
          "urn:ietf:params:oauth:grant-type:token-exchange");

  /** What a client id is. */
  public static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{1,98}");

  /**
   * The client that is to be registered.
   *
   * @param agency that of {@code agencyId}, where there is one
   * @param held whether {@code holder} is absent or an administrator's active account
   */
  public Client checked(
      Instant now, List<String> audiences, Optional<Agency> agency, boolean held) {
    List<LookupPermission> permissions = or(authorizationDetails);
    List<String> grants = Objects.requireNonNullElse(grantTypes, List.of("client_credentials"));
    List<String> reachable = or(contacts);
    Members members =
        new Members()
            .form("clientId", clientId, ID)
            .text("name", name, 1, 200)
            .list("grantTypes", grants, 1, GRANTS.size())
            .list("scopes", scopes, 1, SCOPES.size())
            .list("resources", resources, 1, audiences.size())
            .list("authorizationDetails", permissions, 0, 32)
            .list("contacts", reachable, 0, 5)
            .require(agency.isPresent() || ownerless(), "agencyId", "the id of an active agency")
            .require(held, "holder", "the id of an administrator's active account");
    ClientIdentity identity =
        IdentityRules.read(members, tokenEndpointAuthMethod, jwks, jwksUri, tlsClientAuthSubjectDn);
    SignInSettings signIn =
        RedirectRules.read(
            members,
            or(redirectUris),
            or(postLogoutRedirectUris),
            backchannelLogoutUri,
            Objects.requireNonNullElse(idTokenSignedResponseAlg, "ES256"));
    if (members.good()) {
      checkGrants(members, audiences, permissions, now);
      checkSignIn(members, grants, signIn);
      reachable.forEach(contact -> members.text("contacts", contact, 3, 200));
      Objects.requireNonNullElse(quotas, Quotas.NONE).check(members);
    }
    members.check();
    return new Client(
        Objects.requireNonNull(clientId),
        agency,
        Objects.requireNonNull(name),
        identity,
        Set.copyOf(grants),
        Set.copyOf(Objects.requireNonNull(scopes)),
        Objects.requireNonNull(resources),
        permissions,
        signIn,
        Objects.requireNonNullElse(quotas, Quotas.NONE),
        reachable,
        Optional.ofNullable(holder),
        "active",
        Objects.requireNonNullElse(validFrom, now),
        Optional.ofNullable(validUntil),
        1,
        now);
  }

  /** Only the system of an administrator asks on nobody's behalf. */
  private boolean ownerless() {
    return agencyId == null
        && scopes != null
        && scopes.stream().anyMatch(scope -> scope != null && scope.endsWith(".admin"))
        && or(authorizationDetails).isEmpty();
  }

  private static <T> List<T> or(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.of());
  }

  private static void checkSignIn(Members members, List<String> grants, SignInSettings signIn) {
    boolean signsIn = grants.contains("authorization_code");
    members
        .require(GRANTS.containsAll(grants), "grantTypes", "must be of " + GRANTS)
        .require(
            signsIn || !grants.contains("refresh_token"),
            "grantTypes",
            "refresh_token goes with authorization_code")
        .require(
            signsIn == !signIn.redirectUris().isEmpty(),
            "redirectUris",
            "go with the grant type authorization_code, and it with them");
  }

  private void checkGrants(
      Members members, List<String> audiences, List<LookupPermission> permissions, Instant now) {
    Instant from = Objects.requireNonNullElse(validFrom, now);
    members
        .require(
            SCOPES.containsAll(Objects.requireNonNull(scopes)), "scopes", "must be of " + SCOPES)
        .require(
            audiences.containsAll(Objects.requireNonNull(resources)),
            "resources",
            "must be of " + audiences)
        .require(
            validUntil == null || validUntil.isAfter(from),
            "validUntil",
            "must be after validFrom");
    for (int i = 0; i < permissions.size(); i++) {
      permissions.get(i).check(members, "authorizationDetails[" + i + "]");
    }
  }
}
