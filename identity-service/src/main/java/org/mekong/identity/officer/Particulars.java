package org.mekong.identity.officer;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Role;

/** What of a person's account an administrator decides. */
record Particulars(String office, Set<Role> roles, Assurance assurance) {

  static Particulars checked(
      Members members,
      Account.Kind kind,
      @Nullable String office,
      @Nullable List<String> roles,
      @Nullable String assurance) {
    Set<Role> possible = Role.of(kind);
    List<String> words = Objects.requireNonNullElse(roles, List.of());
    Set<Role> found = EnumSet.noneOf(Role.class);
    words.forEach(word -> Optional.ofNullable(word).flatMap(Role::of).ifPresent(found::add));
    Optional<Assurance> level =
        Arrays.stream(Assurance.values())
            .filter(candidate -> candidate.word().equals(assurance))
            .findFirst();
    members
        .list("roles", words, kind == Account.Kind.CITIZEN ? 0 : 1, possible.size())
        .require(
            found.size() == words.size() && possible.containsAll(found),
            "roles",
            "must be of " + possible.stream().map(Role::word).toList())
        .text("office", Objects.requireNonNullElse(office, ""), 0, 100)
        .require(level.isPresent(), "assurance", "low, substantial or high");
    return new Particulars(
        Objects.requireNonNullElse(office, ""), found, level.orElse(Assurance.LOW));
  }
}
