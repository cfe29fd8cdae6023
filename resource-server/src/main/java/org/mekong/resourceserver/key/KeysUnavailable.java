package org.mekong.resourceserver.key;

/**
 * The issuer's keys cannot be fetched and none are remembered: answer 503, the caller may retry.
 */
public final class KeysUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  public KeysUnavailable(Throwable cause) {
    super("the issuer's keys cannot be fetched", cause);
  }
}
