package org.mekong.identity.client.administration;

import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/** Whether a client gets tokens. */
public record ChangeStatus(
    @Schema(
            required = true,
            enumeration = {"active", "suspended"})
        @Nullable String status) {
  String checked() {
    new Members()
        .require(
            status != null && Set.of("active", "suspended").contains(status),
            "status",
            "active or suspended")
        .check();
    return Objects.requireNonNull(status);
  }
}
