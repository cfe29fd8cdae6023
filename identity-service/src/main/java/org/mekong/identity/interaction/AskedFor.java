package org.mekong.identity.interaction;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCClaimsRequest;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.ClaimRequirement;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSetRequest;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An authorization request (RFC 6749 section 4.1.1), which with the scope {@code openid} is an
 * authentication request (OpenID Connect Core section 3.1.2.1). A value; it was checked when it was
 * pushed.
 *
 * @param request as the library reads it
 */
public record AskedFor(AuthorizationRequest request) {
  private static final String OPENID = "openid";

  /**
   * Reads a request from its parameters.
   *
   * @throws ParseException when one is missing or not of its form
   */
  public static AskedFor of(Map<String, List<String>> parameters) throws ParseException {
    List<String> scope = parameters.getOrDefault("scope", List.of());
    boolean openId = !scope.isEmpty() && Scope.parse(scope.getFirst()).contains(OPENID);
    return new AskedFor(
        openId ? AuthenticationRequest.parse(parameters) : AuthorizationRequest.parse(parameters));
  }

  /** The parameters that a request may have and that mean something here. */
  public static boolean understands(String parameter) {
    return AuthenticationRequest.getRegisteredParameterNames().contains(parameter)
        || AuthorizationRequest.getRegisteredParameterNames().contains(parameter);
  }

  public String clientId() {
    return request.getClientID().getValue();
  }

  public URI redirectUri() {
    return request.getRedirectionURI();
  }

  /** The scopes asked for, in order; none means all that the client is registered for. */
  public Set<String> scopes() {
    Scope scope = request.getScope();
    return scope == null ? Set.of() : new LinkedHashSet<>(scope.toStringList());
  }

  public List<AuthorizationDetail> details() {
    return Objects.requireNonNullElse(request.getAuthorizationDetails(), List.of());
  }

  public List<String> resources() {
    List<URI> resources = request.getResources();
    return resources == null ? List.of() : resources.stream().map(URI::toString).toList();
  }

  /** Whether a kind of prompt is asked for. */
  public boolean prompts(Prompt.Type type) {
    return request.getPrompt() != null && request.getPrompt().contains(type);
  }

  /** How long ago the person may have signed in. */
  public Optional<Duration> maxAge() {
    return openId()
        .map(AuthenticationRequest::getMaxAge)
        .filter(seconds -> seconds >= 0)
        .map(Duration::ofSeconds);
  }

  /** Levels that the client would like, the best liked first. */
  public List<String> wishedAcr() {
    return openId()
        .map(AuthenticationRequest::getACRValues)
        .map(values -> values.stream().map(Object::toString).toList())
        .orElse(List.of());
  }

  /** Levels without one of which the client wants no answer (section 5.5.1.1); may be none. */
  public List<String> essentialAcr() {
    return idTokenClaim("acr")
        .filter(claim -> claim.getClaimRequirement() == ClaimRequirement.ESSENTIAL)
        .map(AskedFor::values)
        .orElse(List.of());
  }

  /** The subject that the person must be, where the client names one as a claim. */
  public Optional<String> requiredSubject() {
    return idTokenClaim("sub").map(AskedFor::values).flatMap(values -> values.stream().findFirst());
  }

  public Optional<JWT> idTokenHint() {
    return openId().map(AuthenticationRequest::getIDTokenHint);
  }

  public Optional<String> loginHint() {
    return openId().map(AuthenticationRequest::getLoginHint);
  }

  /** The reader's languages, the best liked first. */
  public List<Locale> locales() {
    return openId()
        .map(AuthenticationRequest::getUILocales)
        .map(tags -> tags.stream().map(tag -> Locale.forLanguageTag(tag.toString())).toList())
        .orElse(List.of());
  }

  public Optional<String> nonce() {
    return openId().map(AuthenticationRequest::getNonce).map(Object::toString);
  }

  /** The {@code claims} parameter as JSON. */
  public Optional<String> claims() {
    return openId().map(AuthenticationRequest::getOIDCClaims).map(OIDCClaimsRequest::toJSONString);
  }

  /** Names the client alone: what people are asked is in no log. */
  @Override
  public String toString() {
    return "AskedFor[" + clientId() + "]";
  }

  private Optional<AuthenticationRequest> openId() {
    return request instanceof AuthenticationRequest openId ? Optional.of(openId) : Optional.empty();
  }

  private Optional<ClaimsSetRequest.Entry> idTokenClaim(String name) {
    return openId()
        .map(AuthenticationRequest::getOIDCClaims)
        .map(OIDCClaimsRequest::getIDTokenClaimsRequest)
        .map(claims -> claims.get(name, null));
  }

  private static List<String> values(ClaimsSetRequest.Entry claim) {
    String one = claim.getValueAsString();
    List<String> many = claim.getValuesAsListOfStrings();
    return one != null ? List.of(one) : many == null ? List.of() : many;
  }
}
