package org.mekong.resourceserver.dpop;

/**
 * What a DPoP proof is checked against: a token whose signature, issuer, audience and expiry
 * somebody has verified already.
 *
 * @param value the access token as sent
 * @param thumbprint {@code cnf.jkt}: base64url SHA-256 thumbprint of the key (RFC 7638), empty when
 *     the token has none
 * @param clientId the {@code client_id} of the token
 */
public record BoundToken(String value, String thumbprint, String clientId) {}
