package org.mekong.registry.vitalevent.request;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/events/{id}/annulments}. */
public record AnnulEvent(@Nullable CircumstancesBody circumstances, @Nullable String reason) {}
