package org.mekong.registry.permission.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.purpose.PurposeBody;

/**
 * A field set as it is sent, kept and shown.
 *
 * @param fields names of fields and statements; {@code *} for all that are not sensitive
 */
@Schema(name = "FieldSet")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldSetBody(
    @Nullable String code, @Nullable String description, @Nullable List<@Nullable String> fields) {

  private static final int MOST = 100;

  /**
   * Reads the set.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that breaks a rule
   */
  public FieldSet read() {
    Violations violations = new Violations();
    String word = PurposeBody.code(code, violations);
    String words = PurposeBody.text("description", description, violations);
    Set<String> names = new LinkedHashSet<>();
    if (fields == null || fields.isEmpty() || fields.size() > MOST) {
      violations.add("fields", "size", "holds not 1 to " + MOST + " names");
    } else {
      for (int i = 0; i < fields.size(); i++) {
        String at = "fields[" + i + "]";
        String name = fields.get(i);
        if (name == null || !(name.equals(Askable.WILDCARD) || Askable.isKnown(name))) {
          violations.add(at, "known-code", "is no field or statement");
        } else if (Askable.SENSITIVE.contains(name)) {
          violations.add(
              at, "sensitive", "is sensitive: a permission names it under sensitiveFields");
        } else if (!names.add(name)) {
          violations.add(at, "unique", "is given twice");
        }
      }
    }
    violations.refuse();
    if (word == null || words == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new FieldSet(word, words, names);
  }
}
