package org.mekong.gateway.webhook;

import org.jspecify.annotations.Nullable;

/**
 * A webhook to set up.
 *
 * @param url https
 */
public record CreateWebhook(@Nullable String url) {}
