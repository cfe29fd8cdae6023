package org.mekong.log;

/**
 * A static resource of a log, ready to be served.
 *
 * @param bytes the body
 * @param mediaType the value of {@code Content-Type}
 * @param cacheControl the value of {@code Cache-Control}
 */
public record LogResource(byte[] bytes, String mediaType, String cacheControl) {
  static LogResource checkpoint(byte[] note) {
    return new LogResource(note, "text/plain; charset=utf-8", "public, max-age=1, must-revalidate");
  }

  static LogResource fullTile(byte[] tile) {
    return new LogResource(tile, "application/octet-stream", "public, max-age=31536000, immutable");
  }

  static LogResource partialTile(byte[] tile) {
    return new LogResource(tile, "application/octet-stream", "public, max-age=86400, immutable");
  }
}
