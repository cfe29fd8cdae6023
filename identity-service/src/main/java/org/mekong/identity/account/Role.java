package org.mekong.identity.account;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an officer or an administrator is there for, and the scopes that it opens: a token that an
 * application gets for a person holds no scope that neither their roles nor the application's
 * registration allow.
 */
public enum Role {
  /** Registers persons and events. */
  REGISTRAR(Account.Kind.OFFICER, Set.of("person.read", "person.write")),
  /** Decides who is a duplicate of whom. */
  REVIEWER(Account.Kind.OFFICER, Set.of("person.read", "duplicate.review")),
  /** Asks other countries. */
  INQUIRER(Account.Kind.OFFICER, Set.of("lookup")),
  /** Enrols people at a desk. */
  ENROLMENT_OFFICER(Account.Kind.OFFICER, Set.of()),
  /** Reads what was done, and does nothing. */
  AUDITOR(Account.Kind.OFFICER, Set.of("identity.audit")),
  IDENTITY_ADMINISTRATOR(Account.Kind.ADMINISTRATOR, Set.of("identity.admin", "identity.audit")),
  REGISTRY_ADMINISTRATOR(
      Account.Kind.ADMINISTRATOR, Set.of("registry.admin", "register.import", "register.export")),
  GATEWAY_ADMINISTRATOR(Account.Kind.ADMINISTRATOR, Set.of("gateway.admin"));

  private final Account.Kind kind;
  private final Set<String> scopes;

  Role(Account.Kind kind, Set<String> scopes) {
    this.kind = kind;
    this.scopes = scopes;
  }

  /** As it stands in requests, tables and claims, for example {@code enrolment-officer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The role of a word. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** The roles that a kind of account may have. */
  public static Set<Role> of(Account.Kind kind) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    Arrays.stream(values()).filter(role -> role.kind == kind).forEach(roles::add);
    return roles;
  }

  /** The scopes that it opens. */
  public Set<String> scopes() {
    return scopes;
  }
}
