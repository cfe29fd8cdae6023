package org.mekong.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Names as gateways sign them: the gateway's interface calls them in camel case. */
final class SnakeCase {
  private SnakeCase() {}

  /** {@code date_of_birth} for {@code dateOfBirth}. */
  static String of(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** The same object with its members called so. */
  static JsonNode of(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode renamed = JsonNodeFactory.instance.objectNode();
    node.properties().forEach(member -> renamed.set(of(member.getKey()), of(member.getValue())));
    return renamed;
  }
}
