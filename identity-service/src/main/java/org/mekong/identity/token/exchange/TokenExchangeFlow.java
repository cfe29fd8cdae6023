package org.mekong.identity.token.exchange;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.authorization.Grants;
import org.mekong.identity.client.Client;
import org.mekong.identity.issued.IssuedTokens;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.identity.permission.GrantRules;
import org.mekong.identity.permission.ServedResources;
import org.mekong.identity.token.grant.Attempt;
import org.mekong.identity.token.grant.Decision;
import org.mekong.identity.token.grant.Grant;
import org.mekong.identity.token.grant.GrantFlow;
import org.mekong.identity.token.grant.OnBehalf;
import org.mekong.identity.token.grant.PersonGrants;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * Token exchange (RFC 8693) for one case: a service got a person's token, which was made for it,
 * and asks another service on that person's behalf. The new token keeps the person's name, is bound
 * to the service's own key, names the service as the actor and grants no more than both the
 * person's token and the service's registration do.
 */
@Singleton
public class TokenExchangeFlow implements GrantFlow {
  private static final int LONGEST_CHAIN = 3;

  private final IssuedTokens tokens;
  private final ServedResources services;
  private final PersonGrants grants;

  TokenExchangeFlow(IssuedTokens tokens, ServedResources services, PersonGrants grants) {
    this.tokens = tokens;
    this.services = services;
    this.grants = grants;
  }

  @Override
  public String grantType() {
    return GrantType.TOKEN_EXCHANGE.getValue();
  }

  @Override
  public Decision decide(Attempt attempt) throws OAuthRefused, SQLException {
    TokenExchangeGrant exchange = (TokenExchangeGrant) attempt.request().getAuthorizationGrant();
    refuseWhatIsNotOffered(exchange);
    Client service = attempt.client();
    Audience served =
        services
            .of(service)
            .orElseThrow(
                () ->
                    new OAuthRefused(
                        OAuth2Error.UNAUTHORIZED_CLIENT,
                        "exchange/no-service",
                        "This client serves no resource, so no token was made for it."));
    VerifiedAccess subject =
        tokens
            .good(attempt.connection(), exchange.getSubjectToken().getValue())
            .filter(access -> audience(access).contains(served.getValue()))
            .orElseThrow(TokenExchangeFlow::noGood);
    return new Decision(grant(attempt, service, subject), Optional.empty(), Optional.empty(), true);
  }

  private Grant grant(Attempt attempt, Client service, VerifiedAccess subject)
      throws OAuthRefused, SQLException {
    UUID id = IssuedTokens.grantOf(subject).orElseThrow(TokenExchangeFlow::noGood);
    AuthorizationGrant granted =
        Grants.find(attempt.connection(), id).orElseThrow(TokenExchangeFlow::noGood);
    grants.requireGood(attempt.connection(), granted);
    TokenRequest request = attempt.request();
    OnBehalf person = person(subject, granted, service);
    return new Grant(
        service,
        scopes(service, subject, request),
        GrantRules.resource(service, request.getResources()),
        details(service, subject, request),
        Optional.of(person));
  }

  private static OnBehalf person(VerifiedAccess subject, AuthorizationGrant granted, Client service)
      throws OAuthRefused {
    return new OnBehalf(
        subject.subject(),
        granted.id(),
        granted.acr(),
        granted.amr(),
        granted.authTime(),
        PersonGrants.claimsOf(subject),
        Optional.of(Actors.with(service, subject, LONGEST_CHAIN)));
  }

  private static List<String> scopes(Client service, VerifiedAccess subject, TokenRequest request)
      throws OAuthRefused {
    List<String> common =
        subject.scopes().stream()
            .filter(service.scopes()::contains)
            .filter(scope -> !scope.equals("openid") && !scope.equals("offline_access"))
            .sorted()
            .toList();
    return request.getScope() == null || request.getScope().isEmpty()
        ? common
        : GrantRules.within(common, request.getScope().toStringList());
  }

  /** What is asked for has to stand in the person's token and in the service's registration. */
  private static List<AuthorizationDetail> details(
      Client service, VerifiedAccess subject, TokenRequest request) throws OAuthRefused {
    List<AuthorizationDetail> asked = request.getAuthorizationDetails();
    if (asked == null || asked.isEmpty()) {
      return List.of();
    }
    List<AuthorizationDetail> wanted = GrantRules.details(service, asked);
    for (AuthorizationDetail detail : wanted) {
      if (subject.authorizationDetails().stream()
          .noneMatch(held -> held.equals(detail.toJSONObject()))) {
        throw new OAuthRefused(
            OAuth2Error.INVALID_AUTHORIZATION_DETAILS,
            "details/not-granted",
            "A detail that is asked for is not in the token that is exchanged.");
      }
    }
    return wanted;
  }

  private static void refuseWhatIsNotOffered(TokenExchangeGrant exchange) throws OAuthRefused {
    TokenTypeURI asked = exchange.getRequestedTokenType();
    if (exchange.getActorToken() != null
        || !TokenTypeURI.ACCESS_TOKEN.equals(exchange.getSubjectTokenType())
        || (asked != null && !TokenTypeURI.ACCESS_TOKEN.equals(asked))
        || (exchange.getAudience() != null && !exchange.getAudience().isEmpty())) {
      throw OAuthRefused.request(
          "exchange/not-offered",
          "Exchange an access token for an access token, name the target by resource, and send no"
              + " actor_token: the actor is the client.");
    }
  }

  private static List<String> audience(VerifiedAccess access) {
    return access.claims().get("aud") instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of(String.valueOf(access.claims().get("aud")));
  }

  /** RFC 8693 section 2.2.2: a subject token that is no good is an invalid request. */
  private static OAuthRefused noGood() {
    return OAuthRefused.request(
        "exchange/subject-token",
        "The subject_token is not an access token of this issuer for this service on behalf of a"
            + " person, or it is over or revoked.");
  }
}
