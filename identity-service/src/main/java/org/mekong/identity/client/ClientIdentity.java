package org.mekong.identity.client;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/**
 * By what a client proves that it is the one: a registered key, or the subject of its certificate.
 *
 * @param method {@code private_key_jwt} (RFC 7523) or {@code tls_client_auth} (RFC 8705)
 * @param keys its public keys; empty where they are at {@code jwksUri} or none is needed
 * @param jwksUri where its public keys are to be fetched, in place of {@code keys}
 * @param tlsSubject distinguished name (RFC 4514) of its certificate, for {@code tls_client_auth}
 */
public record ClientIdentity(
    String method, JWKSet keys, Optional<URI> jwksUri, Optional<String> tlsSubject) {
  /** By a signed assertion. */
  public static final String PRIVATE_KEY_JWT = "private_key_jwt";

  /** By a certificate of an authority. */
  public static final String TLS_CLIENT_AUTH = "tls_client_auth";

  /** By keys that are registered with it. */
  public static ClientIdentity of(JWKSet keys) {
    return new ClientIdentity(PRIVATE_KEY_JWT, keys, Optional.empty(), Optional.empty());
  }

  /**
   * Reads the members of a registration that say so; what is wrong stands in {@code members}.
   *
   * @param method {@code private_key_jwt} when null
   */
  public static ClientIdentity read(
      Members members,
      @Nullable String method,
      @Nullable Map<String, Object> jwks,
      @Nullable String jwksUri,
      @Nullable String tlsSubject) {
    return IdentityRules.read(members, method, jwks, jwksUri, tlsSubject);
  }

  boolean saysTheSameAs(ClientIdentity other) {
    return method.equals(other.method)
        && keys.toPublicJWKSet().toJSONObject().equals(other.keys.toPublicJWKSet().toJSONObject())
        && jwksUri.equals(other.jwksUri)
        && tlsSubject.equals(other.tlsSubject);
  }
}
