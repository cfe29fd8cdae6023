/**
 * Loads a synthetic population into an empty register, villages side by side, each in one
 * transaction with the note that it is there: a load that was cut off goes on where it was.
 */
@NullMarked
package org.mekong.registry.population.load;

import org.jspecify.annotations.NullMarked;
