package org.mekong.identity.client.administration;

import org.mekong.identity.client.RegisterClient;

/**
 * A client as it shall be.
 *
 * @param version as which it was seen
 * @param registration the whole registration
 */
public record ChangeClient(int version, RegisterClient registration) {}
