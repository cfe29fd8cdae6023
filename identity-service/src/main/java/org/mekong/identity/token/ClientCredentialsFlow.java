package org.mekong.identity.token;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.mekong.identity.client.Client;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.identity.permission.GrantRules;
import org.mekong.identity.token.grant.Attempt;
import org.mekong.identity.token.grant.Decision;
import org.mekong.identity.token.grant.Grant;
import org.mekong.identity.token.grant.GrantFlow;

/** The client_credentials grant (RFC 6749 section 4.4): a system asks in its own name. */
@Singleton
class ClientCredentialsFlow implements GrantFlow {
  @Override
  public String grantType() {
    return GrantType.CLIENT_CREDENTIALS.getValue();
  }

  @Override
  public Decision decide(Attempt attempt) throws OAuthRefused {
    Client client = attempt.client();
    TokenRequest request = attempt.request();
    return Decision.accessToken(
        new Grant(
            client,
            GrantRules.scopes(client, request.getScope()),
            GrantRules.resource(client, request.getResources()),
            GrantRules.details(client, request.getAuthorizationDetails()),
            Optional.empty()));
  }
}
