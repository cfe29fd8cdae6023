package org.mekong.gateway.register;

import java.io.Serial;

/** The register did not answer, or not as agreed; nothing may be passed on. */
public final class RegisterUnavailable extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  RegisterUnavailable(String message) {
    super(message);
  }

  RegisterUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
