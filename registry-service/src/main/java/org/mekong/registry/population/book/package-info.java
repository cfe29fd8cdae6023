/**
 * A register in memory, of the few who are made up together: it takes events as the register does,
 * by the same rules, and keeps what would be stored.
 */
@NullMarked
package org.mekong.registry.population.book;

import org.jspecify.annotations.NullMarked;
