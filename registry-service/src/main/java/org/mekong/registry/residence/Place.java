package org.mekong.registry.residence;

import org.jspecify.annotations.Nullable;

/**
 * Somewhere: a country, and as much more as is known.
 *
 * @param country ISO 3166-1 alpha-2
 * @param province code of the nation profile; only for places in this nation
 * @param text commune, street, or the name of a place abroad
 */
public record Place(String country, @Nullable String province, @Nullable String text) {}
