/** Pairs that were found, with their scores, and what became of them. */
@NullMarked
package org.mekong.registry.matching.pair;

import org.jspecify.annotations.NullMarked;
