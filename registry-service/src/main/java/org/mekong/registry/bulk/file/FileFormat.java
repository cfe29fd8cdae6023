package org.mekong.registry.bulk.file;

import java.util.Arrays;
import java.util.Optional;

/** What a file of persons is written in. */
public enum FileFormat {
  /** One JSON object a line. */
  NDJSON("ndjson", "application/x-ndjson"),

  /** RFC 4180 with a header line. */
  CSV("csv", "text/csv");

  private final String code;
  private final String mediaType;

  FileFormat(String code, String mediaType) {
    this.code = code;
    this.mediaType = mediaType;
  }

  /** The word in API and table. */
  public String code() {
    return code;
  }

  /** The media type without parameters. */
  public String mediaType() {
    return mediaType;
  }

  /** The format of a word. */
  public static Optional<FileFormat> ofCode(String code) {
    return Arrays.stream(values()).filter(format -> format.code.equals(code)).findFirst();
  }
}
