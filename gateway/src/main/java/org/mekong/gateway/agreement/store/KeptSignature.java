package org.mekong.gateway.agreement.store;

/**
 * A nation's signature on a version of an agreement.
 *
 * @param nation that signed
 * @param key the public key that it was verified by, a JWK
 * @param signature detached JWS
 */
public record KeptSignature(String nation, String key, String signature) {}
