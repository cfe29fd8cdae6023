package org.mekong.registry.person;

import org.jspecify.annotations.Nullable;

/**
 * How to reach somebody.
 *
 * @param phone E.164, as in {@code +84901234567}
 * @param email mail address
 */
public record Contact(@Nullable String phone, @Nullable String email) {}
