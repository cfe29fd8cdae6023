package org.mekong.identity.client.administration;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;
import org.mekong.identity.client.ClientIdentity;

/**
 * Other keys for a client: exactly one of the members.
 *
 * @param jwks public keys, the old ones beside the new while the system changes over
 * @param jwksUri where they are to be fetched
 * @param tlsClientAuthSubjectDn the subject of its certificate, for {@code tls_client_auth}
 */
public record ChangeKeys(
    @Nullable Map<String, Object> jwks,
    @Schema(maxLength = 500) @Nullable String jwksUri,
    @Schema(maxLength = 500) @Nullable String tlsClientAuthSubjectDn) {
  ClientIdentity read(Members members) {
    String method =
        tlsClientAuthSubjectDn == null
            ? ClientIdentity.PRIVATE_KEY_JWT
            : ClientIdentity.TLS_CLIENT_AUTH;
    return ClientIdentity.read(members, method, jwks, jwksUri, tlsClientAuthSubjectDn);
  }
}
