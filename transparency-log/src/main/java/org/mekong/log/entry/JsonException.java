package org.mekong.log.entry;

import java.io.Serial;

/** A text is not JSON as it is read here; the message names the place and nothing of the text. */
public final class JsonException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  JsonException(String what, int position) {
    super(what + " at character " + position);
  }

  JsonException(String what) {
    super(what);
  }
}
