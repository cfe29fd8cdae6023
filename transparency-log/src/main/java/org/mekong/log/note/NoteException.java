package org.mekong.log.note;

import java.io.Serial;

/** A note, key, checkpoint or signature is malformed or does not verify; the message says why. */
public final class NoteException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public NoteException(String message) {
    super(message);
  }
}
