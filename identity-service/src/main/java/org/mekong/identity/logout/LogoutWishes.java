package org.mekong.identity.logout;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.client.RegisterClient;
import org.mekong.identity.key.SigningKeys;
import org.mekong.resourceserver.key.JwsKeys;

/**
 * Reads logout requests (RP-Initiated Logout section 2). What is not proved is refused whole, so
 * that nobody is sent to a place that no registration names.
 */
@Singleton
class LogoutWishes {
  private static final int LONGEST_VALUE = 8192;

  private final Clients clients;
  private final SigningKeys keys;
  private final IssuerAddress issuer;

  LogoutWishes(Clients clients, SigningKeys keys, IssuerAddress issuer) {
    this.clients = clients;
    this.keys = keys;
    this.issuer = issuer;
  }

  /** A logout request is refused; the person is told, and goes nowhere. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Reads the parameters of a request, each at most once. */
  LogoutWish read(Connection connection, Map<String, List<String>> parameters)
      throws Refused, SQLException {
    for (List<String> values : parameters.values()) {
      if (values.size() != 1 || values.getFirst().length() > LONGEST_VALUE) {
        throw new Refused();
      }
    }
    LogoutRequest request;
    try {
      request = LogoutRequest.parse(issuer.at("/logout"), parameters);
    } catch (ParseException | RuntimeException malformed) {
      throw new Refused();
    }
    Optional<JWTClaimsSet> hint =
        request.getIDTokenHint() == null
            ? Optional.empty()
            : Optional.of(ours(request.getIDTokenHint()));
    Optional<Client> client = client(connection, request, hint);
    return new LogoutWish(
        client,
        hint.map(claims -> String.valueOf(claims.getClaim("sid"))),
        returnTo(request, client),
        Optional.ofNullable(request.getState()));
  }

  /** An ID token of ours, of whatever age: it names the application and the session. */
  private JWTClaimsSet ours(JWT hint) throws Refused {
    if (!(hint instanceof SignedJWT jwt)
        || !JwsKeys.ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
      throw new Refused();
    }
    try {
      JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(jwt.getHeader()));
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      for (JWK key : selector.select(keys.published())) {
        if (JwsKeys.fits(jwt.getHeader().getAlgorithm(), key)
            && jwt.verify(JwsKeys.verifier(key))
            && issuer.issuer().toString().equals(claims.getIssuer())
            && claims.getAudience().size() == 1
            && claims.getClaim("sid") != null
            && claims.getClaim("client_id") == null) {
          return claims;
        }
      }
    } catch (JOSEException | java.text.ParseException unfit) {
      // answered below
    }
    throw new Refused();
  }

  private Optional<Client> client(
      Connection connection, LogoutRequest request, Optional<JWTClaimsSet> hint)
      throws Refused, SQLException {
    Optional<String> hinted = hint.map(claims -> claims.getAudience().getFirst());
    Optional<String> named =
        Optional.ofNullable(request.getClientID()).map(client -> client.getValue());
    if (hinted.isPresent() && named.isPresent() && !hinted.equals(named)) {
      throw new Refused();
    }
    Optional<String> id = hinted.or(() -> named);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<Client> client =
        RegisterClient.ID.matcher(id.get()).matches()
            ? clients.find(connection, id.get())
            : Optional.empty();
    if (client.isEmpty()) {
      throw new Refused();
    }
    return client;
  }

  private static Optional<URI> returnTo(LogoutRequest request, Optional<Client> client)
      throws Refused {
    URI asked = request.getPostLogoutRedirectionURI();
    if (asked == null) {
      return Optional.empty();
    }
    boolean registered =
        client.isPresent()
            && client.get().signIn().postLogoutRedirectUris().stream()
                .anyMatch(uri -> uri.toString().equals(asked.toString()));
    if (!registered) {
      throw new Refused();
    }
    return Optional.of(asked);
  }
}
