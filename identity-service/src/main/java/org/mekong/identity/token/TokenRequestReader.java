package org.mekong.identity.token;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.util.Objects;
import java.util.Set;
import org.mekong.identity.oauth.ClientAuthenticator;
import org.mekong.identity.oauth.OAuthForm;
import org.mekong.identity.oauth.OAuthRefused;

/** Reads a token request (RFC 6749 section 3.2) from a form. */
final class TokenRequestReader {
  private static final Set<String> GRANTS =
      Set.of(
          GrantType.CLIENT_CREDENTIALS.getValue(),
          GrantType.AUTHORIZATION_CODE.getValue(),
          GrantType.REFRESH_TOKEN.getValue(),
          GrantType.TOKEN_EXCHANGE.getValue());

  private TokenRequestReader() {}

  static TokenRequest read(OAuthForm form) throws OAuthRefused {
    String grant = form.first("grant_type");
    if (grant.isEmpty()) {
      throw OAuthRefused.request("request/missing", "The parameter grant_type is missing.");
    }
    if (!GRANTS.contains(grant)) {
      throw new OAuthRefused(
          OAuth2Error.UNSUPPORTED_GRANT_TYPE,
          "request/grant-type",
          "Use a grant type that the metadata of this issuer names.");
    }
    ClientAuthenticator.requireMethod(form);
    refuseDetails(form.first("authorization_details"));
    return parse(form);
  }

  private static void refuseDetails(String details) throws OAuthRefused {
    try {
      if (!details.isEmpty()) {
        AuthorizationDetail.parseList(details);
      }
    } catch (ParseException | RuntimeException malformed) {
      throw new OAuthRefused(
          OAuth2Error.INVALID_AUTHORIZATION_DETAILS,
          "details/malformed",
          "authorization_details is a JSON array of objects with a type.");
    }
  }

  private static TokenRequest parse(OAuthForm form) throws OAuthRefused {
    try {
      return TokenRequest.parse(form.request());
    } catch (ParseException refused) {
      ErrorObject error =
          Objects.requireNonNullElse(refused.getErrorObject(), OAuth2Error.INVALID_REQUEST);
      if (error.getCode().equals(OAuth2Error.INVALID_CLIENT_CODE)) {
        throw ClientAuthenticator.refused();
      }
      throw new OAuthRefused(
          error,
          "request/malformed",
          "A parameter is missing or not of the form that the standard describes.");
    } catch (RuntimeException malformed) {
      // The library trusts some nested JSON to have the types it expects.
      throw OAuthRefused.request(
          "request/malformed", "A parameter is not of the form it must have.");
    }
  }
}
