package org.mekong.registry.matching.rule;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What two persons have to have in common to be compared at all.
 *
 * @param name the key's name in rules and results
 * @param parts what the key is made of; who lacks one of them has no such key
 */
public record BlockingKey(String name, List<KeyPart> parts) {
  public BlockingKey {
    parts = List.copyOf(parts);
  }

  /** The same for keys that bring the same persons together, whatever their names. */
  public String definition() {
    return parts.stream().sorted().map(KeyPart::code).collect(Collectors.joining("+"));
  }
}
