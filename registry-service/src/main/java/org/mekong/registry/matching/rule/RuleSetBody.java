package org.mekong.registry.matching.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.problem.Violations;

/**
 * Rules as they are sent, kept and shown. Reading is strict: what is not understood is refused, so
 * that no rule is kept that does nothing.
 *
 * @param fields weights by field and level, in bits (log2 of the likelihood ratio)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleSetBody(
    @Nullable String name,
    @Schema(examples = "50") @Nullable Integer blockLimit,
    @Nullable List<@Nullable Key> blocking,
    @Nullable Map<String, @Nullable Map<String, @Nullable Double>> fields,
    @Nullable List<@Nullable Cap> limits,
    @Nullable Thresholds thresholds) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{1,39}");
  private static final int MOST_KEYS = 12;
  private static final int MOST_PARTS = 4;
  private static final int MOST_LIMITS = 20;
  private static final int SMALLEST_BLOCK = 2;
  private static final int LARGEST_BLOCK = 1_000;
  private static final double HEAVIEST = 60;

  /**
   * A blocking key.
   *
   * @param parts as in {@code ["given_sound", "birth_date"]}
   */
  public record Key(@Nullable String name, @Nullable List<@Nullable String> parts) {}

  /** A level that rules out more than an outcome. */
  public record Cap(@Nullable String field, @Nullable String level, @Nullable String atMost) {}

  /** Lowest scores. */
  public record Thresholds(@Nullable Double possible, @Nullable Double match) {}

  /** Rules as they are sent. */
  public static RuleSetBody of(RuleSet rules) {
    Map<String, @Nullable Map<String, @Nullable Double>> fields = new LinkedHashMap<>();
    rules
        .weights()
        .forEach(
            (field, weights) -> {
              Map<String, @Nullable Double> levels = new LinkedHashMap<>();
              field.levels().forEach(level -> levels.put(level, weights.get(level)));
              fields.put(field.code(), levels);
            });
    List<@Nullable Key> keys = new ArrayList<>();
    for (BlockingKey key : rules.blocking()) {
      List<@Nullable String> parts = new ArrayList<>();
      key.parts().forEach(part -> parts.add(part.code()));
      keys.add(new Key(key.name(), parts));
    }
    List<@Nullable Cap> caps = new ArrayList<>();
    for (Limit limit : rules.limits()) {
      caps.add(new Cap(limit.field().code(), limit.level(), limit.atMost().code()));
    }
    return new RuleSetBody(
        rules.name(),
        rules.blockLimit(),
        keys,
        fields,
        caps,
        new Thresholds(rules.possible(), rules.match()));
  }

  /**
   * Reads the rules.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that breaks a rule
   */
  public RuleSet read() {
    Violations violations = new Violations();
    if (name == null) {
      violations.add("name", "required", "is missing");
    } else {
      NameText.inText(name, NameText.LONGEST_TEXT)
          .ifPresent(fault -> violations.add("name", fault.rule(), fault.detail()));
    }
    if (blockLimit == null || blockLimit < SMALLEST_BLOCK || blockLimit > LARGEST_BLOCK) {
      violations.add(
          "blockLimit", "range", "is no number from " + SMALLEST_BLOCK + " to " + LARGEST_BLOCK);
    }
    List<BlockingKey> keys = keys(violations);
    Map<MatchField, Map<String, Double>> weights = weights(violations);
    List<Limit> caps = limits(weights.keySet(), violations);
    Double possible = thresholds == null ? null : thresholds.possible;
    Double match = thresholds == null ? null : thresholds.match;
    number("thresholds.possible", possible, violations);
    number("thresholds.match", match, violations);
    if (possible != null && match != null && possible >= match) {
      violations.add("thresholds.match", "order", "is not above thresholds.possible");
    }
    violations.refuse();
    if (name == null || blockLimit == null || possible == null || match == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new RuleSet(name, blockLimit, keys, weights, caps, possible, match);
  }

  private List<BlockingKey> keys(Violations violations) {
    List<BlockingKey> keys = new ArrayList<>();
    if (blocking == null || blocking.isEmpty() || blocking.size() > MOST_KEYS) {
      violations.add("blocking", "size", "holds not 1 to " + MOST_KEYS + " keys");
      return keys;
    }
    Set<String> names = new HashSet<>();
    Set<String> definitions = new HashSet<>();
    for (int i = 0; i < blocking.size(); i++) {
      String path = "blocking[" + i + "]";
      Key key = blocking.get(i);
      if (key == null) {
        violations.add(path, "required", "is missing");
        continue;
      }
      if (key.name == null || !NAME.matcher(key.name).matches()) {
        violations.add(path + ".name", "name", "is no word of 2 to 40 of a-z, 0-9 and _");
      } else if (!names.add(key.name)) {
        violations.add(path + ".name", "unique", "is given twice");
      }
      BlockingKey read =
          new BlockingKey(key.name == null ? "" : key.name, parts(path, key.parts, violations));
      if (!read.parts().isEmpty() && !definitions.add(read.definition())) {
        violations.add(path + ".parts", "unique", "are the same as another key's");
      }
      keys.add(read);
    }
    return keys;
  }

  private static List<KeyPart> parts(
      String path, @Nullable List<@Nullable String> codes, Violations violations) {
    List<KeyPart> parts = new ArrayList<>();
    if (codes == null || codes.isEmpty() || codes.size() > MOST_PARTS) {
      violations.add(path + ".parts", "size", "holds not 1 to " + MOST_PARTS + " parts");
      return parts;
    }
    for (int i = 0; i < codes.size(); i++) {
      String at = path + ".parts[" + i + "]";
      KeyPart part =
          violations.need(at, codes.get(i), "known-code", "is no part of a key", KeyPart::ofCode);
      if (part != null && parts.contains(part)) {
        violations.add(at, "unique", "is given twice");
      } else if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  private Map<MatchField, Map<String, Double>> weights(Violations violations) {
    Map<MatchField, Map<String, Double>> weights = new EnumMap<>(MatchField.class);
    if (fields == null || fields.isEmpty()) {
      violations.add("fields", "required", "is missing");
      return weights;
    }
    for (Map.Entry<String, @Nullable Map<String, @Nullable Double>> entry : fields.entrySet()) {
      Optional<MatchField> field = MatchField.ofCode(entry.getKey());
      if (field.isEmpty()) {
        violations.add("fields", "known-code", "names a field that is not compared");
        continue;
      }
      weights.put(field.get(), levels(field.get(), entry.getValue(), violations));
    }
    return weights;
  }

  private static Map<String, Double> levels(
      MatchField field, @Nullable Map<String, @Nullable Double> given, Violations violations) {
    String path = "fields." + field.code();
    Map<String, Double> levels = new LinkedHashMap<>();
    if (given == null) {
      violations.add(path, "required", "is missing");
      return levels;
    }
    if (!field.levels().containsAll(given.keySet())) {
      violations.add(path, "known-code", "has a level that is none of " + field.levels());
    }
    for (String level : field.levels()) {
      Double weight = given.get(level);
      number(path + "." + level, weight, violations);
      if (weight != null) {
        levels.put(level, weight);
      }
    }
    Double best = levels.get(field.levels().getFirst());
    Double worst = levels.get(field.levels().getLast());
    if (field.levels().size() > 1 && best != null && worst != null && best <= worst) {
      violations.add(path, "order", "weighs agreement no more than disagreement");
    }
    return levels;
  }

  private List<Limit> limits(Set<MatchField> compared, Violations violations) {
    List<Limit> read = new ArrayList<>();
    List<@Nullable Cap> given = limits == null ? List.of() : limits;
    if (given.size() > MOST_LIMITS) {
      violations.add("limits", "size", "holds more than " + MOST_LIMITS);
      return read;
    }
    for (int i = 0; i < given.size(); i++) {
      String path = "limits[" + i + "]";
      Cap cap = given.get(i);
      if (cap == null) {
        violations.add(path, "required", "is missing");
        continue;
      }
      MatchField field =
          violations.need(
              path + ".field",
              cap.field,
              "known-code",
              "is no field that these rules compare",
              code -> MatchField.ofCode(code).filter(compared::contains));
      String level =
          violations.need(
              path + ".level",
              cap.level,
              "known-code",
              "is no level of the field",
              code -> Optional.of(code).filter(c -> field == null || field.levels().contains(c)));
      Outcome atMost =
          violations.need(
              path + ".atMost",
              cap.atMost,
              "known-code",
              "is neither no nor possible",
              code -> Outcome.ofCode(code).filter(outcome -> outcome != Outcome.MATCH));
      if (field != null && level != null && atMost != null) {
        read.add(new Limit(field, level, atMost));
      }
    }
    return read;
  }

  private static void number(String path, @Nullable Double value, Violations violations) {
    if (value == null) {
      violations.add(path, "required", "is missing");
    } else if (!(Math.abs(value) <= HEAVIEST)) {
      violations.add(path, "range", "is no number from -" + HEAVIEST + " to " + HEAVIEST);
    }
  }
}
