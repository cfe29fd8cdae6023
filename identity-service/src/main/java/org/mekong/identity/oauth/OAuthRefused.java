package org.mekong.identity.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;

/** A request is refused, with the error that the standard names and the rule that refused. */
public final class OAuthRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final ErrorObject error;
  private final String rule;

  /**
   * @param error code and status of the answer
   * @param rule what refused, for the journal and the metrics, for example {@code
   *     scope/not-granted}
   * @param advice what the caller can do; must not repeat what the caller sent
   */
  public OAuthRefused(ErrorObject error, String rule, String advice) {
    super(advice);
    this.error = error.setDescription(advice);
    this.rule = rule;
  }

  /** An {@code invalid_request}. */
  public static OAuthRefused request(String rule, String advice) {
    return new OAuthRefused(OAuth2Error.INVALID_REQUEST, rule, advice);
  }

  public ErrorObject error() {
    return error;
  }

  public String rule() {
    return rule;
  }
}
