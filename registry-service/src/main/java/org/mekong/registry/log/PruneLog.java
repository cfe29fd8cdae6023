package org.mekong.registry.log;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/log/prunings}.
 *
 * @param year of which year's log
 * @param belowIndex entries below it go, as far as they fill bundles of 256
 */
public record PruneLog(@Nullable Integer year, @Nullable Long belowIndex) {}
