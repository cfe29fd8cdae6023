package org.mekong.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A label selector ({@code matchLabels} and {@code matchExpressions}); an empty one selects all.
 */
public record Selector(JsonNode tree) {

  public boolean matches(Map<String, String> labels) {
    for (var wanted : Manifest.strings(tree.path("matchLabels")).entrySet()) {
      if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
        return false;
      }
    }
    for (JsonNode expression : tree.path("matchExpressions")) {
      if (!holds(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  public boolean isEmpty() {
    return tree.path("matchLabels").isEmpty() && tree.path("matchExpressions").isEmpty();
  }

  private static boolean holds(JsonNode expression, Map<String, String> labels) {
    String value = labels.get(expression.path("key").asText());
    boolean listed = false;
    for (JsonNode candidate : expression.path("values")) {
      listed |= candidate.asText().equals(value);
    }
    return switch (expression.path("operator").asText()) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> throw new IllegalArgumentException("unknown operator in " + expression);
    };
  }
}
