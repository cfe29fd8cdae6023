package org.mekong.registry.identifier;

import org.mekong.registry.nation.RegistrationPlace;

/** What a number is made from at the time of allocation. Nothing is ever derived back from it. */
public record BirthFacts(RegistrationPlace place, int year, boolean male) {}
