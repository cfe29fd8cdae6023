package org.mekong.registry.statistics.publication;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** How a table is written. */
enum Format {
  JSON("json", MediaType.APPLICATION_JSON),
  CSV("csv", "text/csv; charset=utf-8");

  private static final MediaType TEXT_CSV = new MediaType("text", "csv");

  private final String code;
  private final String mediaType;

  Format(String code, String mediaType) {
    this.code = code;
    this.mediaType = mediaType;
  }

  String code() {
    return code;
  }

  String mediaType() {
    return mediaType;
  }

  static Optional<Format> ofCode(String code) {
    return switch (code) {
      case "json" -> Optional.of(JSON);
      case "csv" -> Optional.of(CSV);
      default -> Optional.empty();
    };
  }

  /** The first that a caller accepts, of those in the order of their preference. */
  static Format accepted(List<MediaType> acceptable) {
    for (MediaType type : acceptable) {
      if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return JSON;
      } else if (type.isCompatible(TEXT_CSV)) {
        return CSV;
      }
    }
    return JSON;
  }
}
