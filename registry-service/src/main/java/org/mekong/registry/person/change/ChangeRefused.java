package org.mekong.registry.person.change;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change cannot befall a person in the state that they are in. */
public final class ChangeRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final String rule;
  private final @Nullable UUID personId;
  private final @Nullable UUID eventId;

  ChangeRefused(String rule, String detail) {
    this(rule, detail, null, null, null);
  }

  private ChangeRefused(
      String rule,
      String detail,
      @Nullable UUID personId,
      @Nullable UUID eventId,
      @Nullable Throwable cause) {
    super(detail, cause);
    this.rule = rule;
    this.personId = personId;
    this.eventId = eventId;
  }

  /** The same refusal, with whom and which event it concerns. */
  ChangeRefused of(@Nullable UUID person, UUID event) {
    return new ChangeRefused(rule, detail(), person, event, this);
  }

  /** The same refusal, with whom it concerns. */
  public ChangeRefused of(UUID person) {
    return new ChangeRefused(rule, detail(), person, eventId, this);
  }

  /** The rule's name in a problem document. */
  public String rule() {
    return rule;
  }

  /** A half sentence to stand behind the person, without personal data. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Whose timeline cannot hold the change; nobody's where they had not been born by then. */
  public @Nullable UUID personId() {
    return personId;
  }

  /** The event on that timeline which would no longer hold; it need not be the new one. */
  public @Nullable UUID eventId() {
    return eventId;
  }
}
