package org.mekong.identity.officer.activation;

import io.nayuki.qrcodegen.QrCode.Ecc;

/**
 * A text as a QR code (ISO/IEC 18004), drawn as one path of SVG in units of a module: no picture
 * has to be fetched to show it.
 *
 * @param size modules a side, the quiet zone included
 * @param path black squares, as the member {@code d} of a path
 */
public record QrCode(int size, String path) {
  private static final int QUIET = 4;

  /** Draws a text. */
  static QrCode of(String text) {
    var code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x + QUIET).append(',').append(y + QUIET).append("h1v1h-1z");
        }
      }
    }
    return new QrCode(code.size + 2 * QUIET, path.toString());
  }

  /** Names nothing of it: it is a secret. */
  @Override
  public String toString() {
    return "QrCode";
  }
}
