package org.mekong.identity.client.administration;

/**
 * Other keys for a client.
 *
 * @param version as which it was seen
 * @param keys the keys from then on
 */
public record NewKeys(int version, ChangeKeys keys) {}
