/** Counts over the register. */
@NullMarked
package org.mekong.registry.statistics;

import org.jspecify.annotations.NullMarked;
