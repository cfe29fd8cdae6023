package org.mekong.registry.nation;

/**
 * A place where a birth may be registered. It outlives the provinces: a merged province keeps its
 * old places, because the numbers given there never change.
 *
 * @param code what the API calls it
 * @param digits what stands for it in a personal number
 * @param name name in the national language
 * @param province code of today's province
 */
public record RegistrationPlace(String code, String digits, String name, String province) {}
