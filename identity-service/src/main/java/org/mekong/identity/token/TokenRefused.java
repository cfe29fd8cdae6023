package org.mekong.identity.token;

import com.nimbusds.oauth2.sdk.ErrorObject;

/** A token request is refused, with the error that the standard names and the rule that refused. */
final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final ErrorObject error;
  private final String rule;

  /**
   * @param error code and status of the answer
   * @param rule what refused, for the journal and the metrics, for example {@code
   *     scope/not-granted}
   * @param advice what the caller can do; must not repeat what the caller sent
   */
  TokenRefused(ErrorObject error, String rule, String advice) {
    super(advice);
    this.error = error.setDescription(advice);
    this.rule = rule;
  }

  ErrorObject error() {
    return error;
  }

  String rule() {
    return rule;
  }
}
