/**
 * What a nation's people are like, as data: how many of which age and sex, who dies and who bears
 * children when, names, faiths, customs of living together. Nobody in particular is in here.
 */
@NullMarked
package org.mekong.registry.population.people;

import org.jspecify.annotations.NullMarked;
