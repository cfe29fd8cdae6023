package org.mekong.identity.agency;

import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/**
 * What an administrator changes of an agency. Its id and its class, which agreements speak of, stay
 * for good: another class is another agency.
 */
public record ChangeAgency(
    @Schema(required = true, maxLength = 200) @Nullable String name,
    @Schema(maxLength = 200) @Nullable String contact,
    @Schema(
            required = true,
            enumeration = {"active", "suspended"})
        @Nullable String status) {

  /** The agency as it would be. */
  Agency checked(Agency before, int version) {
    String reachable = Objects.requireNonNullElse(contact, "");
    new Members()
        .text("name", name, 1, 200)
        .text("contact", reachable, 0, 200)
        .require(
            status != null && Set.of("active", "suspended").contains(status),
            "status",
            "active or suspended")
        .check();
    return new Agency(
        before.id(),
        Objects.requireNonNull(name),
        before.agencyClass(),
        reachable,
        Objects.requireNonNull(status),
        version,
        before.createdAt());
  }
}
