package org.mekong.client;

import com.nimbusds.oauth2.sdk.ErrorObject;

/**
 * The identity-service gave no token; the message is the standard's error code and its description.
 */
public final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  TokenRefusedException(ErrorObject error) {
    super(error.getCode() + (error.getDescription() == null ? "" : ": " + error.getDescription()));
    this.code = String.valueOf(error.getCode());
  }

  /** The error code of RFC 6749 §5.2 or of an extension, {@code invalid_client} for instance. */
  public String code() {
    return code;
  }
}
