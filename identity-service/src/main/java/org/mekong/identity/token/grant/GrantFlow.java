package org.mekong.identity.token.grant;

import java.sql.SQLException;
import org.mekong.identity.oauth.OAuthRefused;

/** One grant type at the token endpoint. The client has proved who it is and may use the type. */
public interface GrantFlow {
  /** The value of {@code grant_type}. */
  String grantType();

  /**
   * Decides on a request. What was used up or revoked before a refusal stays so: the transaction
   * commits in either case.
   *
   * @throws OAuthRefused with the error of RFC 6749 section 5.2
   */
  Decision decide(Attempt attempt) throws OAuthRefused, SQLException;
}
