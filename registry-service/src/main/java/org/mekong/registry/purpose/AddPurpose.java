package org.mekong.registry.purpose;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /admin/v1/purposes}. */
public record AddPurpose(@Nullable String code, @Nullable String description) {}
