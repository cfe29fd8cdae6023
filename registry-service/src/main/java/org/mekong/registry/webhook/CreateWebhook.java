package org.mekong.registry.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook to set up.
 *
 * @param url https
 * @param types of events; all when left out
 * @param provinces codes; all when left out
 * @param after cursor of the feed with the same filters, or of the whole feed; from now on when
 *     left out
 */
public record CreateWebhook(
    @Nullable String url,
    @Nullable List<@Nullable String> types,
    @Nullable List<@Nullable String> provinces,
    @Nullable String after) {}
