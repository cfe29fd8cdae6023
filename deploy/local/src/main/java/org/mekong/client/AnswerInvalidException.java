package org.mekong.client;

/**
 * An answer does not hold: a signature, the binding to the question or the receipt is wrong. It
 * must not be used.
 */
public final class AnswerInvalidException extends Exception {
  private static final long serialVersionUID = 1L;

  public AnswerInvalidException(String message) {
    super(message);
  }

  public AnswerInvalidException(String message, Throwable cause) {
    super(message, cause);
  }
}
