package org.mekong.registry.population;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/populations}.
 *
 * @param persons how many
 * @param seed the same seed makes the same population in one year; 1 when left out
 */
public record MakePopulation(@Nullable Integer persons, @Nullable Long seed) {}
