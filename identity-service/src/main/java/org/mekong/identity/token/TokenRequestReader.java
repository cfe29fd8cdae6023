package org.mekong.identity.token;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a token request (RFC 6749 section 4.4.2) from what came over HTTP: a form, every parameter
 * at most once, well encoded. A parameter without a value counts as left out (section 3.1).
 */
final class TokenRequestReader {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LONGEST_VALUE = 16 * 1024;

  private TokenRequestReader() {}

  static TokenRequest read(
      URI endpoint, @Nullable String mediaType, List<String> authorization, byte[] body)
      throws TokenRefused {
    if (mediaType == null
        || !mediaType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(FORM)) {
      throw refused("request/media-type", "Send a form: " + FORM + ".");
    }
    if (authorization.size() > 1) {
      throw refused("request/doubled", "More than one Authorization header.");
    }
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, endpoint);
    request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
    request.setBody(wellEncoded(body));
    if (!authorization.isEmpty()) {
      request.setAuthorization(authorization.getFirst());
    }
    refuseForm(request);
    return parse(request);
  }

  private static void refuseForm(HTTPRequest request) throws TokenRefused {
    Map<String, List<String>> form;
    try {
      form = request.getBodyAsFormParameters();
    } catch (ParseException malformed) {
      throw refused("request/malformed", "The body is not a form.");
    }
    for (Map.Entry<String, List<String>> parameter : form.entrySet()) {
      boolean once = parameter.getValue().size() == 1 || parameter.getKey().equals("resource");
      if (!once) {
        throw refused("request/doubled", "A parameter is present more than once.");
      }
      if (parameter.getValue().stream().anyMatch(value -> value.length() > LONGEST_VALUE)) {
        throw refused("request/too-large", "A parameter is too large.");
      }
    }
    String grant = first(form, "grant_type");
    if (grant.isEmpty()) {
      throw refused("request/missing", "The parameter grant_type is missing.");
    }
    if (!grant.equals(GrantType.CLIENT_CREDENTIALS.getValue())) {
      throw new TokenRefused(
          OAuth2Error.UNSUPPORTED_GRANT_TYPE,
          "request/grant-type",
          "Use the grant type client_credentials.");
    }
    refuseAssertion(request);
    refuseDetails(first(form, "authorization_details"));
  }

  private static void refuseAssertion(HTTPRequest request) throws TokenRefused {
    try {
      PrivateKeyJWT.parse(request);
    } catch (ParseException | RuntimeException notThatMethod) {
      throw ClientAuthenticator.refused();
    }
  }

  private static void refuseDetails(String details) throws TokenRefused {
    try {
      if (!details.isEmpty()) {
        AuthorizationDetail.parseList(details);
      }
    } catch (ParseException | RuntimeException malformed) {
      throw new TokenRefused(
          OAuth2Error.INVALID_AUTHORIZATION_DETAILS,
          "details/malformed",
          "authorization_details is a JSON array of objects with a type.");
    }
  }

  private static TokenRequest parse(HTTPRequest request) throws TokenRefused {
    try {
      return TokenRequest.parse(request);
    } catch (ParseException refused) {
      ErrorObject error =
          Objects.requireNonNullElse(refused.getErrorObject(), OAuth2Error.INVALID_REQUEST);
      throw new TokenRefused(
          error,
          "request/malformed",
          error.getCode().equals(OAuth2Error.INVALID_CLIENT_CODE)
              ? ClientAuthenticator.ADVICE
              : "A parameter is missing or not of the form that the standard describes.");
    } catch (RuntimeException malformed) {
      // The library trusts some nested JSON to have the types it expects.
      throw refused("request/malformed", "A parameter is not of the form it must have.");
    }
  }

  private static String wellEncoded(byte[] body) throws TokenRefused {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.chars().noneMatch(c -> c == '\uFFFD' || c == 0)) {
        return text;
      }
    } catch (CharacterCodingException | IllegalArgumentException malformed) {
      // answered below
    }
    throw refused("request/encoding", "The form is not well encoded (UTF-8, percent escapes).");
  }

  private static String first(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static TokenRefused refused(String rule, String advice) {
    return new TokenRefused(OAuth2Error.INVALID_REQUEST, rule, advice);
  }
}
