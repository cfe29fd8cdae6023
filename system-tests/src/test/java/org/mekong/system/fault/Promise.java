package org.mekong.system.fault;

/**
 * What an agency was told, once and for all.
 *
 * @param requestId of the lookup
 * @param requestDigest of the signed request that came with the answer
 * @param answerDigest of the signed answer
 */
public record Promise(String requestId, String requestDigest, String answerDigest) {}
