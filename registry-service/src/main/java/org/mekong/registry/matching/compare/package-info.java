/**
 * Comparing two persons field by field. Every field gives a level of agreement, every level has its
 * weight, and the score is their sum: it explains itself. Pure.
 */
@NullMarked
package org.mekong.registry.matching.compare;

import org.jspecify.annotations.NullMarked;
