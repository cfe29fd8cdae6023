package org.mekong.gateway.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What is to be otherwise.
 *
 * @param state {@code active}: lets a webhook go on that has stopped
 */
public record ChangeWebhook(@Nullable String state) {}
