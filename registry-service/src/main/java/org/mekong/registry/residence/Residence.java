package org.mekong.registry.residence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a person lives, and in what sense. At most one of each kind at a time. */
public record Residence(Kind kind, Place place) {

  /** In what sense somebody lives at a place. */
  public enum Kind {
    PERMANENT,
    TEMPORARY,
    CURRENT_ABODE,
    TEMPORARY_ABSENCE;

    /** The word in API and table. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a word. */
    public static Optional<Kind> ofCode(String code) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
  }
}
