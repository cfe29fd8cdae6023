package org.mekong.identity.agency;

import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/** The registration of an agency, as an administrator sends it. */
@Schema(
    example =
        """
        {"id":"vn-quang-tri-civil-registry","name":"Sở Tư pháp Quảng Trị",\
        "agencyClass":"civil-registry","contact":"registry@quangtri.example"}""")
public record RegisterAgency(
    @Schema(required = true, pattern = "[a-z0-9][a-z0-9-]{1,62}") @Nullable String id,
    @Schema(required = true, maxLength = 200) @Nullable String name,
    @Schema(required = true, pattern = "[a-z0-9][a-z0-9-]{1,62}") @Nullable String agencyClass,
    @Schema(maxLength = 200) @Nullable String contact) {

  Agency checked(Instant now) {
    String reachable = Objects.requireNonNullElse(contact, "");
    new Members()
        .form("id", id, Agencies.ID)
        .text("name", name, 1, 200)
        .form("agencyClass", agencyClass, Agencies.ID)
        .text("contact", reachable, 0, 200)
        .check();
    return new Agency(
        Objects.requireNonNull(id),
        Objects.requireNonNull(name),
        Objects.requireNonNull(agencyClass),
        reachable,
        "active",
        1,
        now);
  }
}
