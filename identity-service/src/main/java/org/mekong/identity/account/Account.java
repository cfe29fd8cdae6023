package org.mekong.identity.account;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A person who can sign in.
 *
 * @param id opaque; in our own API and our journal the only name of the person
 * @param kind citizen, officer or administrator
 * @param userName what officers and administrators sign in by; citizens have their personal number,
 *     which is not kept readable ({@link Accounts#personalNumber})
 * @param name of an officer or administrator, as colleagues know them; empty for citizens
 * @param agencyId the agency of an officer
 * @param office the officer's place in it; may be empty
 * @param roles what officers and administrators are there for
 * @param status whether they may sign in
 * @param assurance how sure we are that it is they
 * @param version for If-Match
 * @param createdAt when the account was made
 */
public record Account(
    UUID id,
    Kind kind,
    Optional<String> userName,
    String name,
    Optional<String> agencyId,
    String office,
    Set<Role> roles,
    Status status,
    Assurance assurance,
    int version,
    Instant createdAt) {

  /** Whose account it is. */
  public enum Kind {
    CITIZEN,
    OFFICER,
    ADMINISTRATOR;

    /** As it stands in tables and claims. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether an account can be used; a closed one stays closed. */
  public enum Status {
    ACTIVE,
    SUSPENDED,
    CLOSED;

    /** As it stands in tables. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Account {
    roles = Set.copyOf(roles);
  }

  /** Whether the person may sign in. */
  public boolean active() {
    return status == Status.ACTIVE;
  }

  /** The scopes that the person's roles open; a citizen's are those of their applications. */
  public Set<String> scopes() {
    Set<String> scopes = new TreeSet<>();
    roles.forEach(role -> scopes.addAll(role.scopes()));
    return scopes;
  }

  /** Names the person by the opaque id alone. */
  @Override
  public String toString() {
    return "Account[" + id + ", " + kind.word() + "]";
  }
}
