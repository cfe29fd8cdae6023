package org.mekong.identity.oauth;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A form as it came over HTTP to one of the endpoints: its media type, its encoding, every
 * parameter at most once. A parameter without a value counts as left out (RFC 6749 section 3.1).
 *
 * @param request for the library's own readers
 * @param parameters each with its values
 * @param proofs every {@code DPoP} header, in order
 * @param certificate what the caller showed to the TLS layer
 * @param assertion the client's assertion (RFC 7523), where there is one of the right form
 */
public record OAuthForm(
    HTTPRequest request,
    Map<String, List<String>> parameters,
    List<String> proofs,
    Optional<X509Certificate> certificate,
    Optional<PrivateKeyJWT> assertion) {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LONGEST_VALUE = 16 * 1024;

  /**
   * Reads a form.
   *
   * @param endpoint as published
   * @param repeatable parameters that may be present more than once
   * @throws OAuthRefused {@code invalid_request}
   */
  public static OAuthForm read(
      URI endpoint,
      HttpHeaders headers,
      byte[] body,
      Optional<X509Certificate> certificate,
      Set<String> repeatable)
      throws OAuthRefused {
    String mediaType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (mediaType == null
        || !mediaType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(FORM)) {
      throw OAuthRefused.request("request/media-type", "Send a form: " + FORM + ".");
    }
    List<String> authorization = values(headers, HttpHeaders.AUTHORIZATION);
    if (authorization.size() > 1) {
      throw OAuthRefused.request("request/doubled", "More than one Authorization header.");
    }
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, endpoint);
    request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
    request.setBody(wellEncoded(body));
    if (!authorization.isEmpty()) {
      request.setAuthorization(authorization.getFirst());
    }
    certificate.ifPresent(request::setClientX509Certificate);
    Map<String, List<String>> parameters = parameters(request, repeatable);
    return new OAuthForm(
        request, parameters, values(headers, "DPoP"), certificate, assertion(parameters));
  }

  /** Whether the client says that it authenticates by an assertion. */
  public boolean byAssertion() {
    return !first("client_assertion").isEmpty() || !first("client_assertion_type").isEmpty();
  }

  private static Optional<PrivateKeyJWT> assertion(Map<String, List<String>> parameters) {
    if (!parameters.containsKey("client_assertion")) {
      return Optional.empty();
    }
    try {
      return Optional.of(PrivateKeyJWT.parse(parameters));
    } catch (ParseException | RuntimeException notThatMethod) {
      return Optional.empty();
    }
  }

  /** The value of a parameter; empty when it is left out. */
  public String first(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** Every value of a header, in order. */
  public static List<String> values(HttpHeaders headers, String name) {
    return Objects.requireNonNullElse(headers.getRequestHeader(name), List.of());
  }

  private static Map<String, List<String>> parameters(HTTPRequest request, Set<String> repeatable)
      throws OAuthRefused {
    Map<String, List<String>> form;
    try {
      form = request.getBodyAsFormParameters();
    } catch (ParseException malformed) {
      throw OAuthRefused.request("request/malformed", "The body is not a form.");
    }
    for (Map.Entry<String, List<String>> parameter : form.entrySet()) {
      if (parameter.getValue().size() > 1 && !repeatable.contains(parameter.getKey())) {
        throw OAuthRefused.request("request/doubled", "A parameter is present more than once.");
      }
      if (parameter.getValue().stream().anyMatch(value -> value.length() > LONGEST_VALUE)) {
        throw OAuthRefused.request("request/too-large", "A parameter is too large.");
      }
    }
    return form;
  }

  private static String wellEncoded(byte[] body) throws OAuthRefused {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.chars().noneMatch(c -> c == '\uFFFD' || c == 0)) {
        return text;
      }
    } catch (CharacterCodingException | IllegalArgumentException malformed) {
      // answered below
    }
    throw OAuthRefused.request(
        "request/encoding", "The form is not well encoded (UTF-8, percent escapes).");
  }
}
