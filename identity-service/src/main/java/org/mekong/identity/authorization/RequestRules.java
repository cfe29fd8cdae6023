package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.openid.connect.sdk.OIDCError;
import com.nimbusds.openid.connect.sdk.Prompt;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.mekong.identity.client.Client;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.identity.permission.GrantRules;

/**
 * What a pushed request must be: the rules of FAPI 2.0 section 5.3.2.2, RFC 9126, RFC 7636, RFC
 * 6749 and OpenID Connect Core, and the registration of its client. A pure function.
 */
final class RequestRules {
  /** The grant that a client needs to send people here. */
  static final String AUTHORIZATION_CODE = "authorization_code";

  private static final Pattern BASE64URL_SHA256 = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int LONGEST_NONCE = 64;
  private static final int LONGEST_STATE = 1024;
  private static final int LONGEST_REDIRECT = 500;

  /** Codes that the library's reading may lead to and that are told; others are invalid_request. */
  private static final Set<String> NAMED =
      Set.of(
          OAuth2Error.INVALID_SCOPE_CODE,
          OAuth2Error.INVALID_TARGET_CODE,
          OAuth2Error.INVALID_AUTHORIZATION_DETAILS_CODE,
          OAuth2Error.UNSUPPORTED_RESPONSE_TYPE_CODE);

  private static final Set<String> JSON = Set.of("claims", "authorization_details");
  private static final Set<String> AUTHENTICATION =
      Set.of("client_assertion", "client_assertion_type", "client_secret");

  private RequestRules() {}

  /**
   * Reads and checks a request.
   *
   * @param form every parameter with its values, of which there is one
   * @throws OAuthRefused with the error that the standard names
   */
  static AskedFor check(Map<String, List<String>> form, Client client) throws OAuthRefused {
    if (!client.grantTypes().contains(AUTHORIZATION_CODE)) {
      throw new OAuthRefused(
          OAuth2Error.UNAUTHORIZED_CLIENT,
          "request/grant-not-registered",
          "The registration of this client does not hold authorization_code.");
    }
    Map<String, List<String>> parameters = understood(form, client);
    refuseText(parameters, client);
    refuseDetails(parameters);
    AskedFor asked = parse(parameters);
    refuseRequest(asked.request());
    refuseScopes(asked, client);
    refuseResources(asked, client);
    return asked.details().isEmpty() ? asked : detailed(asked, parameters, client);
  }

  /** Unknown parameters are ignored, and so are empty and blank ones (RFC 6749 section 3.1). */
  private static Map<String, List<String>> understood(
      Map<String, List<String>> form, Client client) {
    Map<String, List<String>> parameters = new HashMap<>();
    form.forEach(
        (name, values) -> {
          boolean empty = values.stream().allMatch(String::isBlank);
          if (AskedFor.understands(name) && !AUTHENTICATION.contains(name) && !empty) {
            parameters.put(name, values);
          }
        });
    parameters.putIfAbsent("client_id", List.of(client.id()));
    return parameters;
  }

  private static void refuseText(Map<String, List<String>> parameters, Client client)
      throws OAuthRefused {
    require(
        parameters.entrySet().stream()
            .filter(parameter -> !JSON.contains(parameter.getKey()))
            .flatMap(parameter -> parameter.getValue().stream())
            .noneMatch(value -> value.chars().anyMatch(Character::isISOControl)),
        "request/encoding",
        "A parameter holds control characters.");
    require(
        !parameters.containsKey("request_uri"),
        "request/request-uri",
        "A pushed request has no request_uri (RFC 9126 section 2.1).");
    if (parameters.containsKey("request")) {
      throw new OAuthRefused(
          OAuth2Error.REQUEST_NOT_SUPPORTED,
          "request/request-object",
          "Push the parameters themselves: request objects are not taken.");
    }
    require(
        first(parameters, "client_id").equals(client.id()),
        "request/client-id",
        "client_id is not the client that authenticated.");
    String redirect = first(parameters, "redirect_uri");
    require(
        redirect.length() <= LONGEST_REDIRECT && isRegistered(client, redirect),
        "request/redirect-uri",
        "redirect_uri must be present, and be one of those registered, letter by letter.");
    String responseType = first(parameters, "response_type");
    require(!responseType.isEmpty(), "request/missing", "The parameter response_type is missing.");
    if (!responseType.equals(ResponseType.CODE.toString())) {
      throw new OAuthRefused(
          OAuth2Error.UNSUPPORTED_RESPONSE_TYPE,
          "request/response-type",
          "Use the response type code.");
    }
    require(
        BASE64URL_SHA256.matcher(first(parameters, "code_challenge")).matches()
            && first(parameters, "code_challenge_method")
                .equals(CodeChallengeMethod.S256.getValue()),
        "request/pkce",
        "code_challenge with code_challenge_method S256 is needed (RFC 7636).");
    require(
        first(parameters, "nonce").length() <= LONGEST_NONCE,
        "request/nonce",
        "nonce has at most 64 characters.");
    require(
        first(parameters, "state").length() <= LONGEST_STATE,
        "request/state",
        "state has at most 1024 characters.");
    require(
        !first(parameters, "max_age").startsWith("-"),
        "request/max-age",
        "max_age is a number of seconds, 0 or more.");
    String jkt = first(parameters, "dpop_jkt");
    require(
        jkt.isEmpty() || BASE64URL_SHA256.matcher(jkt).matches(),
        "request/dpop-jkt",
        "dpop_jkt is the base64url SHA-256 thumbprint of a key (RFC 7638).");
  }

  /** The library reads them too, and names another error. */
  private static void refuseDetails(Map<String, List<String>> parameters) throws OAuthRefused {
    String details = first(parameters, "authorization_details");
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

  private static AskedFor parse(Map<String, List<String>> parameters) throws OAuthRefused {
    try {
      return AskedFor.of(parameters);
    } catch (ParseException refused) {
      ErrorObject error =
          Objects.requireNonNullElse(refused.getErrorObject(), OAuth2Error.INVALID_REQUEST);
      boolean known = NAMED.contains(error.getCode());
      throw new OAuthRefused(
          known ? new ErrorObject(error.getCode(), null, 400) : OAuth2Error.INVALID_REQUEST,
          "request/malformed",
          "A parameter is missing or not of the form that the standard describes.");
    } catch (RuntimeException malformed) {
      // The library trusts some nested JSON to have the types it expects.
      throw OAuthRefused.request(
          "request/malformed", "A parameter is not of the form it must have.");
    }
  }

  private static void refuseRequest(AuthorizationRequest request) throws OAuthRefused {
    require(
        request.getResponseMode() == null || ResponseMode.QUERY.equals(request.getResponseMode()),
        "request/response-mode",
        "Leave response_mode out, or use query.");
    Prompt prompt = request.getPrompt();
    require(
        prompt == null || !prompt.contains(Prompt.Type.NONE) || prompt.size() == 1,
        "request/prompt",
        "prompt=none stands alone.");
    if (prompt != null && prompt.contains(Prompt.Type.CREATE)) {
      throw new OAuthRefused(
          OIDCError.REGISTRATION_NOT_SUPPORTED.setHTTPStatusCode(400),
          "request/prompt",
          "Nobody is registered here.");
    }
  }

  /** With every detail as it is granted, so that people are asked about all of it. */
  private static AskedFor detailed(
      AskedFor asked, Map<String, List<String>> parameters, Client client) throws OAuthRefused {
    List<AuthorizationDetail> granted = GrantRules.details(client, asked.details());
    parameters.put(
        "authorization_details", List.of(AuthorizationDetail.toJSONArray(granted).toJSONString()));
    return parse(parameters);
  }

  private static void refuseScopes(AskedFor asked, Client client) throws OAuthRefused {
    if (asked.scopes().isEmpty() || !client.scopes().containsAll(asked.scopes())) {
      throw new OAuthRefused(
          OAuth2Error.INVALID_SCOPE,
          "scope/not-granted",
          "Name the scopes, of those in the registration of this client.");
    }
  }

  private static void refuseResources(AskedFor asked, Client client) throws OAuthRefused {
    if (asked.resources().size() > 1 || !client.resources().containsAll(asked.resources())) {
      throw new OAuthRefused(
          OAuth2Error.INVALID_TARGET,
          "resource/not-granted",
          "Ask for one resource, of those in the registration of this client.");
    }
  }

  /** Whether a client may be answered at an address, compared letter by letter. */
  static boolean isRegistered(Client client, String redirect) {
    return client.signIn().redirectUris().stream().map(URI::toString).anyMatch(redirect::equals);
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static void require(boolean condition, String rule, String advice) throws OAuthRefused {
    if (!condition) {
      throw OAuthRefused.request(rule, advice);
    }
  }
}
