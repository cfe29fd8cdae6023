/**
 * A village: a closed cluster of some two thousand people whose relatives are all in it, with
 * everything that ever happened to them. First who was born and died when, who married whom and who
 * is whose child; then the events of all that, one after the other as an office would have
 * registered them, through the rules of the register. A village is made from the population's
 * settings and its own place among the villages alone.
 */
@NullMarked
package org.mekong.registry.population.village;

import org.jspecify.annotations.NullMarked;
