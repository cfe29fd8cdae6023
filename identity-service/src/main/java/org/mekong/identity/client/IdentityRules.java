package org.mekong.identity.client;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/** By what a client may prove that it is the one: in exactly one way. */
final class IdentityRules {
  private static final Set<String> METHODS =
      Set.of(ClientIdentity.PRIVATE_KEY_JWT, ClientIdentity.TLS_CLIENT_AUTH);

  private IdentityRules() {}

  /** Reads the members of a registration that say so; what is wrong stands in {@code members}. */
  static ClientIdentity read(
      Members members,
      @Nullable String method,
      @Nullable Map<String, Object> jwks,
      @Nullable String jwksUri,
      @Nullable String tlsSubject) {
    String by = Objects.requireNonNullElse(method, ClientIdentity.PRIVATE_KEY_JWT);
    members.require(METHODS.contains(by), "tokenEndpointAuthMethod", "must be of " + METHODS);
    boolean byCertificate = by.equals(ClientIdentity.TLS_CLIENT_AUTH);
    members.require(
        byCertificate == (tlsSubject != null),
        "tlsClientAuthSubjectDn",
        "goes with tls_client_auth, and it with the subject");
    members.require(
        byCertificate ? jwks == null && jwksUri == null : (jwks == null) != (jwksUri == null),
        "jwks",
        "private_key_jwt needs either jwks or jwksUri, tls_client_auth neither");
    Optional<JWKSet> keys =
        jwks == null ? Optional.of(new JWKSet()) : ClientKeys.read(members, jwks);
    Optional<URI> uri =
        jwksUri == null
            ? Optional.empty()
            : RedirectRules.web(members, "jwksUri", jwksUri, RedirectRules.Loopback.REFUSED);
    if (tlsSubject != null) {
      members.text("tlsClientAuthSubjectDn", tlsSubject, 3, 500);
      members.require(isName(tlsSubject), "tlsClientAuthSubjectDn", "a distinguished name");
    }
    return new ClientIdentity(
        by, keys.orElseGet(JWKSet::new), uri, Optional.ofNullable(tlsSubject));
  }

  private static boolean isName(String subject) {
    try {
      return !new LdapName(subject).isEmpty();
    } catch (InvalidNameException malformed) {
      return false;
    }
  }
}
