package org.mekong.identity.officer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;
import org.mekong.identity.account.Account;

/** What administrators change of an account; kind, user name and number stay. */
public record ChangeAccount(
    @Schema(description = "of an officer or administrator", maxLength = 200) @Nullable String name,
    @Schema(description = "of an officer") @Nullable String agencyId,
    @Schema(description = "of an officer", maxLength = 100) @Nullable String office,
    @Nullable List<String> roles,
    @Schema(
            required = true,
            enumeration = {"low", "substantial", "high"})
        @Nullable String assurance) {

  Account checked(Account before, boolean agencyActive, int version) {
    boolean officer = before.kind() == Account.Kind.OFFICER;
    Members members = new Members();
    if (before.kind() == Account.Kind.CITIZEN) {
      members.require(name == null, "name", "a citizen's stands in the register");
    } else {
      members.text("name", name, 1, 200);
    }
    members
        .require(officer || agencyId == null, "agencyId", "of officers alone")
        .require(officer || office == null, "office", "of officers alone")
        .require(!officer || agencyActive, "agencyId", "the id of an active agency");
    Particulars particulars = Particulars.checked(members, before.kind(), office, roles, assurance);
    members.check();
    return new Account(
        before.id(),
        before.kind(),
        before.userName(),
        Objects.requireNonNullElse(name, ""),
        Optional.ofNullable(agencyId),
        particulars.office(),
        particulars.roles(),
        before.status(),
        particulars.assurance(),
        version,
        before.createdAt());
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "ChangeAccount";
  }

  /**
   * A change with what it was decided on.
   *
   * @param version as which the account was seen
   */
  public record Seen(int version, ChangeAccount change) {}
}
