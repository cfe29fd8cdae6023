package org.mekong.registry.nation;

/**
 * A first-level division of the nation as it is today.
 *
 * @param code the nation's own code: General Statistics Office code (VN), ISO 3166-2 (LA)
 * @param name name in the national language
 * @param englishName name in English
 * @param population inhabitants; a weight between provinces, not a count of the register
 */
public record Province(String code, String name, String englishName, long population) {}
