package org.mekong.registry.reading;

import java.util.List;
import java.util.UUID;

/**
 * The entity tag of a person's current state (RFC 9110 section 8.8.3): key and version. It is of
 * the person, not of the fields that some caller sees, and tells nothing of them. A tag of another
 * person never matches.
 */
public record PersonTag(UUID personId, int version) {

  /** The tag as headers carry it, a strong one. */
  public String text() {
    return "\"" + personId + "." + version + "\"";
  }

  /**
   * Whether one of the tags of {@code If-Match} is this one, or is {@code *} (RFC 9110 section
   * 13.1.1). Weak tags never match.
   */
  public boolean matches(String ifMatch) {
    return List.of(ifMatch.split(",", -1)).stream()
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(text()));
  }
}
