/**
 * What is published of the figures: once a month, of closed months, each figure rounded by itself
 * and every total the sum of rounded ones.
 */
@NullMarked
package org.mekong.registry.statistics.release;

import org.jspecify.annotations.NullMarked;
