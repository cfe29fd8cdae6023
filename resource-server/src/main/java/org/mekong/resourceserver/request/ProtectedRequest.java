package org.mekong.resourceserver.request;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The parts of an HTTP request that decide on access.
 *
 * @param method HTTP method as sent
 * @param uri the absolute URI as the caller must have seen it: the resource's own configured base
 *     URL with the raw path and query of the request, never made from a Host header
 * @param authorization every {@code Authorization} header, in order
 * @param proofs every {@code DPoP} header, in order
 * @param certificate that the caller showed when the connection was made, and that the server has
 *     accepted
 */
public record ProtectedRequest(
    String method,
    URI uri,
    List<String> authorization,
    List<String> proofs,
    Optional<X509Certificate> certificate) {

  private static final int LONGEST_TOKEN = 8192;

  public ProtectedRequest {
    authorization = List.copyOf(authorization);
    proofs = List.copyOf(proofs);
  }

  /** Of a caller that has shown no certificate. */
  public ProtectedRequest(String method, URI uri, List<String> authorization, List<String> proofs) {
    this(method, uri, authorization, proofs, Optional.empty());
  }

  /** Whether the token is sent as RFC 6750 says: for tokens that are bound to a certificate. */
  public boolean asBearer() {
    return authorization.size() == 1 && scheme(authorization.getFirst().strip()).equals("bearer");
  }

  /**
   * The access token, in one Authorization header: of scheme DPoP (RFC 9449 section 7.1), or of
   * scheme Bearer from who has shown a certificate (RFC 8705 section 3).
   *
   * @return the token as sent, not verified
   * @throws AccessRefused when there is none, more than one, one elsewhere, or one that anybody
   *     could have sent
   */
  public String token() throws AccessRefused {
    if (queryCarriesToken()) {
      throw new AccessRefused(AccessRule.TOKEN_IN_QUERY);
    }
    if (authorization.isEmpty()) {
      throw new AccessRefused(AccessRule.TOKEN_MISSING);
    }
    if (authorization.size() > 1) {
      throw new AccessRefused(AccessRule.TOKEN_DUPLICATED);
    }
    String header = authorization.getFirst().strip();
    int space = header.indexOf(' ');
    String scheme = scheme(header);
    if (scheme.equals("bearer") && certificate.isEmpty()) {
      throw new AccessRefused(AccessRule.TOKEN_AS_BEARER);
    }
    if (!scheme.equals("dpop") && !scheme.equals("bearer")) {
      throw new AccessRefused(AccessRule.TOKEN_MISSING);
    }
    String token = space < 0 ? "" : header.substring(space + 1).strip();
    if (token.length() > LONGEST_TOKEN) {
      throw new AccessRefused(AccessRule.TOKEN_TOO_LARGE);
    }
    if (token.isEmpty() || token.indexOf(',') >= 0 || token.indexOf(' ') >= 0) {
      throw new AccessRefused(AccessRule.TOKEN_MALFORMED);
    }
    return token;
  }

  private static String scheme(String header) {
    int space = header.indexOf(' ');
    return (space < 0 ? header : header.substring(0, space)).toLowerCase(Locale.ROOT);
  }

  private boolean queryCarriesToken() {
    String query = uri.getQuery(); // decoded, so that an encoded name is found too
    return query != null
        && List.of(query.split("&", -1)).stream()
            .anyMatch(pair -> pair.equals("access_token") || pair.startsWith("access_token="));
  }
}
