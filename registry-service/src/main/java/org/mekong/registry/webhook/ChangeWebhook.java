package org.mekong.registry.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be otherwise; what is left out stays.
 *
 * @param types an empty list for all
 * @param provinces an empty list for all
 * @param state {@code active} or {@code paused}
 */
public record ChangeWebhook(
    @Nullable String url,
    @Nullable List<@Nullable String> types,
    @Nullable List<@Nullable String> provinces,
    @Nullable String state) {}
