package org.mekong.registry.erasure;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/persons/{id}/erasures}.
 *
 * @param ground {@code retention-over} or {@code ordered}
 * @param reference of the order, in the office's own files; it names nobody
 */
public record EraseLinks(@Nullable String ground, @Nullable String reference) {}
