package org.mekong.identity.client;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;
import org.mekong.identity.agency.Agency;

/** The registration of a client, as an administrator sends it. */
@Schema(
    example =
        """
        {"clientId":"vn-quang-tri-desk","agencyId":"vn-quang-tri-civil-registry",\
        "name":"Registry desk, Quảng Trị","jwks":{"keys":[{"kty":"EC","crv":"P-256","kid":"1",\
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]},"scopes":["lookup"],\
        "resources":["https://localhost:8113"],"authorizationDetails":[{"type":"population_lookup",\
        "purpose":"marriage","legalBasis":"Law 60/2014/QH13, article 18","countries":["LA"],\
        "kinds":["verify"],"fields":["alive","age_over","married"]}],\
        "validUntil":"2031-12-31T00:00:00Z"}""")
public record RegisterClient(
    @Schema(required = true, pattern = "[a-z0-9][a-z0-9._-]{1,98}") @Nullable String clientId,
    @Schema(required = true) @Nullable String agencyId,
    @Schema(required = true, maxLength = 200) @Nullable String name,
    @Schema(required = true) @Nullable Map<String, Object> jwks,
    @Schema(required = true) @Nullable List<String> scopes,
    @Schema(required = true) @Nullable List<String> resources,
    @Nullable List<LookupPermission> authorizationDetails,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil) {

  /** The scopes that this issuer knows. */
  public static final Set<String> SCOPES =
      Set.of(
          "lookup",
          "person.read",
          "person.write",
          "duplicate.review",
          "register.import",
          "register.export",
          "registry.admin",
          "gateway.admin",
          "identity.admin");

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{1,98}");

  Client checked(Instant now, List<String> audiences, Optional<Agency> agency) {
    List<LookupPermission> permissions =
        Objects.requireNonNullElse(authorizationDetails, List.of());
    Members members =
        new Members()
            .form("clientId", clientId, ID)
            .text("name", name, 1, 200)
            .require(agency.isPresent(), "agencyId", "must be the id of a registered agency")
            .list("scopes", scopes, 1, SCOPES.size())
            .list("resources", resources, 1, audiences.size())
            .list("authorizationDetails", permissions, 0, 32);
    Optional<JWKSet> keys = ClientKeys.read(members, jwks);
    if (members.good()) {
      checkGrants(members, audiences, permissions, now);
    }
    members.check();
    return new Client(
        Objects.requireNonNull(clientId),
        agency,
        Objects.requireNonNull(name),
        keys.orElseThrow(),
        Set.copyOf(Objects.requireNonNull(scopes)),
        Objects.requireNonNull(resources),
        permissions,
        "active",
        Objects.requireNonNullElse(validFrom, now),
        Optional.ofNullable(validUntil),
        now);
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
