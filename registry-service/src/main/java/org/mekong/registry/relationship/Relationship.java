package org.mekong.registry.relationship;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's relative, seen from that somebody.
 *
 * @param personId the relative, when they stand in this register
 * @param name the relative's name as it was declared, when they do not
 */
public record Relationship(Kind kind, @Nullable UUID personId, @Nullable String name) {

  /** What the relative is to the person. */
  public enum Kind {
    FATHER,
    MOTHER,
    ADOPTIVE_PARENT,
    SPOUSE,
    CHILD,
    ADOPTED_CHILD,
    GUARDIAN,
    WARD,
    LEGAL_REPRESENTATIVE;

    /** The word in API and table. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the relative is a parent, by birth or adoption. */
    public boolean isParent() {
      return this == FATHER || this == MOTHER || this == ADOPTIVE_PARENT;
    }

    /** Whether the relative is a child, by birth or adoption. */
    public boolean isChild() {
      return this == CHILD || this == ADOPTED_CHILD;
    }

    /** How many relatives of this kind somebody may have at a time. */
    public int most() {
      return switch (this) {
        case FATHER, MOTHER, SPOUSE, LEGAL_REPRESENTATIVE -> 1;
        case ADOPTIVE_PARENT, GUARDIAN -> 2;
        case CHILD, ADOPTED_CHILD, WARD -> 50;
      };
    }

    /** The kind of a word. */
    public static Optional<Kind> ofCode(String code) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
  }
}
