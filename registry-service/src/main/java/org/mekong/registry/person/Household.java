package org.mekong.registry.person;

import java.util.UUID;

/**
 * The household that somebody belongs to.
 *
 * @param relationToHead {@code head}, {@code spouse}, {@code child}, {@code parent}, {@code
 *     sibling}, {@code other}
 */
public record Household(UUID id, String relationToHead) {}
