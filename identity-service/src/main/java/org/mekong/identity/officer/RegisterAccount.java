package org.mekong.identity.officer;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;

/** The registration of a person, as an administrator sends it. */
public record RegisterAccount(
    @Schema(
            required = true,
            enumeration = {"citizen", "officer", "administrator"})
        @Nullable String kind,
    @Schema(description = "of a citizen, and of nobody else", maxLength = 40)
        @Nullable String personalNumber,
    @Schema(description = "of an officer or administrator", pattern = "[a-z][a-z0-9._-]{2,62}")
        @Nullable String userName,
    @Schema(description = "of an officer or administrator", maxLength = 200) @Nullable String name,
    @Schema(description = "of an officer") @Nullable String agencyId,
    @Schema(description = "of an officer", maxLength = 100) @Nullable String office,
    @Nullable List<String> roles,
    @Schema(
            required = true,
            enumeration = {"low", "substantial", "high"})
        @Nullable String assurance) {

  /** What is not acceptable, whoever it is, is said all at once. */
  Account checked(UUID id, boolean agencyActive, Instant now) {
    Members members = new Members();
    Optional<Account.Kind> of =
        Arrays.stream(Account.Kind.values())
            .filter(candidate -> candidate.word().equals(kind))
            .findFirst();
    members.require(of.isPresent(), "kind", "citizen, officer or administrator");
    members.check();
    boolean citizen = of.orElseThrow() == Account.Kind.CITIZEN;
    boolean officer = of.orElseThrow() == Account.Kind.OFFICER;
    if (citizen) {
      members
          .require(
              personalNumber != null && Accounts.personalNumber(personalNumber).isPresent(),
              "personalNumber",
              "a personal number of this nation")
          .require(userName == null, "userName", "citizens have none")
          .require(name == null, "name", "a citizen's stands in the register");
    } else {
      members
          .require(personalNumber == null, "personalNumber", "of citizens alone")
          .form("userName", userName, Accounts.USER_NAME)
          .text("name", name, 1, 200);
    }
    members
        .require(officer || agencyId == null, "agencyId", "of officers alone")
        .require(officer || office == null, "office", "of officers alone")
        .require(!officer || agencyActive, "agencyId", "the id of an active agency");
    Particulars particulars =
        Particulars.checked(members, of.orElseThrow(), office, roles, assurance);
    members.check();
    return new Account(
        id,
        of.orElseThrow(),
        Optional.ofNullable(userName),
        Objects.requireNonNullElse(name, ""),
        Optional.ofNullable(agencyId),
        particulars.office(),
        particulars.roles(),
        Account.Status.ACTIVE,
        particulars.assurance(),
        1,
        now);
  }

  /** Whether it is a citizen's: then one administrator does it. */
  boolean ofCitizen() {
    return Account.Kind.CITIZEN.word().equals(kind);
  }

  RegisterAccount withoutNumber() {
    return new RegisterAccount(kind, null, userName, name, agencyId, office, roles, assurance);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "RegisterAccount[" + kind + "]";
  }
}
