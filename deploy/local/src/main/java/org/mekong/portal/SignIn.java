package org.mekong.portal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.langtag.LangTag;
import com.nimbusds.langtag.LangTagException;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mekong.portal.SignInFailed.Reason;

/**
 * The way of a person to the identity-service and back: what is asked is pushed first (RFC 9126),
 * the code is bound to a secret (PKCE, RFC 7636) and to a key (DPoP, RFC 9449), and what comes back
 * must name the issuer that was asked (RFC 9207).
 */
final class SignIn {
  private static final Scope SCOPE = new Scope("openid");

  private final PortalSettings settings;
  private final Provider provider;

  SignIn(PortalSettings settings, Provider provider) {
    this.settings = settings;
    this.provider = provider;
  }

  /**
   * What was sent off, to be kept until its answer comes.
   *
   * @param language of the pages
   */
  record Sent(State state, Nonce nonce, CodeVerifier verifier, String language) {
    /** Names nothing of it. */
    @Override
    public String toString() {
      return "Sent";
    }
  }

  /** Pushes a request; the address that the person goes to. */
  URI push(Sent sent) throws SignInFailed {
    try {
      var asked =
          new AuthenticationRequest.Builder(
                  ResponseType.CODE, SCOPE, settings.clientId(), settings.callback())
              .state(sent.state())
              .nonce(sent.nonce())
              .codeChallenge(sent.verifier(), CodeChallengeMethod.S256)
              .dPoPJWKThumbprintConfirmation(provider.binding())
              .uiLocales(tags(sent.language()))
              .build();
      URI endpoint = provider.metadata().getPushedAuthorizationRequestEndpointURI();
      PushedAuthorizationResponse answer =
          PushedAuthorizationResponse.parse(
              provider.send(
                  new PushedAuthorizationRequest(endpoint, provider.assertion(), asked)
                      .toHTTPRequest()));
      if (!answer.indicatesSuccess()) {
        throw new SignInFailed(Reason.UNAVAILABLE);
      }
      return new AuthorizationRequest.Builder(
              answer.toSuccessResponse().getRequestURI(), settings.clientId())
          .endpointURI(provider.metadata().getAuthorizationEndpointURI())
          .build()
          .toURI();
    } catch (IOException | ParseException | JOSEException failed) {
      throw new SignInFailed(Reason.UNAVAILABLE, failed);
    }
  }

  /** A language as the protocol has it. */
  static List<LangTag> tags(String language) {
    try {
      return List.of(new LangTag(language));
    } catch (LangTagException impossible) {
      throw new IllegalStateException("a language of our own", impossible);
    }
  }

  /** Takes the answer that a person brings back to who they are. */
  SignedIn finish(Sent sent, URI answered) throws SignInFailed {
    AuthenticationResponse answer = read(answered);
    if (!settings.issuer().equals(answer.getIssuer()) || !sent.state().equals(answer.getState())) {
      throw new SignInFailed(Reason.STRAY);
    }
    if (!answer.indicatesSuccess()) {
      boolean denied =
          OAuth2Error.ACCESS_DENIED
              .getCode()
              .equals(answer.toErrorResponse().getErrorObject().getCode());
      throw new SignInFailed(denied ? Reason.DENIED : Reason.UNAVAILABLE);
    }
    try {
      OIDCTokens tokens =
          tokens(
              new AuthorizationCodeGrant(
                  answer.toSuccessResponse().getAuthorizationCode(),
                  settings.callback(),
                  sent.verifier()));
      IDTokenClaimsSet claims = provider.verified(tokens.getIDToken(), sent.nonce());
      UserInfo user = userInfo(tokens.getDPoPAccessToken());
      if (!user.getSubject().equals(claims.getSubject())) {
        throw new SignInFailed(Reason.UNPROVED);
      }
      return signedIn(tokens, claims, user);
    } catch (IOException failed) {
      throw new SignInFailed(Reason.UNAVAILABLE, failed);
    } catch (ParseException | JOSEException | BadJOSEException unfit) {
      throw new SignInFailed(Reason.UNPROVED, unfit);
    }
  }

  private static AuthenticationResponse read(URI answered) throws SignInFailed {
    try {
      return AuthenticationResponseParser.parse(answered);
    } catch (ParseException | RuntimeException unfit) {
      throw new SignInFailed(Reason.STRAY, unfit);
    }
  }

  private OIDCTokens tokens(AuthorizationCodeGrant grant)
      throws IOException, JOSEException, ParseException, SignInFailed {
    URI endpoint = provider.metadata().getTokenEndpointURI();
    TokenResponse answer =
        OIDCTokenResponseParser.parse(
            provider.sendWithProof(
                () ->
                    new TokenRequest.Builder(endpoint, provider.assertion(), grant)
                        .build()
                        .toHTTPRequest(),
                Optional.empty()));
    if (!answer.indicatesSuccess()) {
      throw new SignInFailed(Reason.UNPROVED);
    }
    OIDCTokens tokens = answer.toSuccessResponse().getTokens().toOIDCTokens();
    if (tokens.getDPoPAccessToken() == null || tokens.getIDToken() == null) {
      throw new SignInFailed(Reason.UNPROVED);
    }
    return tokens;
  }

  private UserInfo userInfo(DPoPAccessToken token)
      throws IOException, JOSEException, ParseException, SignInFailed {
    URI endpoint = provider.metadata().getUserInfoEndpointURI();
    UserInfoResponse answer =
        UserInfoResponse.parse(
            provider.sendWithProof(
                () -> new UserInfoRequest(endpoint, token).toHTTPRequest(), Optional.of(token)));
    if (!answer.indicatesSuccess()) {
      throw new SignInFailed(Reason.UNAVAILABLE);
    }
    return answer.toSuccessResponse().getUserInfo();
  }

  private static SignedIn signedIn(OIDCTokens tokens, IDTokenClaimsSet claims, UserInfo user)
      throws ParseException, SignInFailed {
    if (claims.getSessionID() == null
        || claims.getAuthenticationTime() == null
        || claims.getACR() == null
        || claims.getAMR() == null) {
      throw new SignInFailed(Reason.UNPROVED);
    }
    return new SignedIn(
        tokens.getIDToken(),
        claims.getSessionID().getValue(),
        claims.getSubject().getValue(),
        claims.getACR().getValue(),
        claims.getAMR().stream().map(Object::toString).toList(),
        claims.getAuthenticationTime().toInstant(),
        Map.copyOf(claims.toJSONObject()),
        Map.copyOf(user.toJSONObject()));
  }
}
