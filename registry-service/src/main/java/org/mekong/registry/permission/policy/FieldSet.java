package org.mekong.registry.permission.policy;

import java.util.Set;

/**
 * A named set of fields and statements, none of them sensitive. Immutable.
 *
 * @param fields names, {@link Askable#WILDCARD} among them for all that are not sensitive
 */
public record FieldSet(String code, String description, Set<String> fields) {

  public FieldSet {
    fields = Set.copyOf(fields);
  }

  /** Whether the set holds a name. */
  boolean holds(String field) {
    return fields.contains(field)
        || (fields.contains(Askable.WILDCARD) && Askable.ORDINARY.contains(field));
  }
}
