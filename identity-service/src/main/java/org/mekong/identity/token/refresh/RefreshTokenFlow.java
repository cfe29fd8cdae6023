package org.mekong.identity.token.refresh;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.authorization.Grants;
import org.mekong.identity.client.Client;
import org.mekong.identity.issued.RefreshTokens;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.identity.subject.PairwiseNames;
import org.mekong.identity.token.grant.Attempt;
import org.mekong.identity.token.grant.Decision;
import org.mekong.identity.token.grant.Grant;
import org.mekong.identity.token.grant.GrantFlow;
import org.mekong.identity.token.grant.PersonGrants;
import org.mekong.identity.token.signing.IdTokenSigner;

/**
 * Refreshes tokens. The refresh token is the client's, which has proved who it is; it goes on being
 * good, and the new access token is bound to the key or certificate of this request (RFC 9449
 * section 5).
 */
@Singleton
public class RefreshTokenFlow implements GrantFlow {
  private final RefreshTokens tokens;
  private final PersonGrants grants;
  private final IdTokenSigner signer;
  private final PairwiseNames names;

  RefreshTokenFlow(
      RefreshTokens tokens, PersonGrants grants, IdTokenSigner signer, PairwiseNames names) {
    this.tokens = tokens;
    this.grants = grants;
    this.signer = signer;
    this.names = names;
  }

  @Override
  public String grantType() {
    return GrantType.REFRESH_TOKEN.getValue();
  }

  @Override
  public Decision decide(Attempt attempt) throws OAuthRefused, SQLException {
    String token =
        ((RefreshTokenGrant) attempt.request().getAuthorizationGrant())
            .getRefreshToken()
            .getValue();
    Client client = attempt.client();
    UUID id =
        tokens
            .grantOf(attempt.connection(), token, client.id())
            .orElseThrow(() -> PersonGrants.invalid("refresh-token/unknown"));
    AuthorizationGrant granted =
        Grants.find(attempt.connection(), id)
            .orElseThrow(() -> PersonGrants.invalid("refresh-token/unknown"));
    Grant grant = grants.of(attempt.connection(), client, granted, attempt.request());
    Optional<String> idToken =
        grant.scopes().contains("openid")
            ? Optional.of(
                signer.sign(
                    client,
                    grant.person().orElseThrow(),
                    names.session(client, granted.sessionId()),
                    Optional.empty()))
            : Optional.empty();
    return new Decision(grant, Optional.empty(), idToken, false);
  }
}
