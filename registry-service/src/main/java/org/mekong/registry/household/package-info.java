/** Households: who lives together, now or at a moment, and what each is to the head. */
@NullMarked
package org.mekong.registry.household;

import org.jspecify.annotations.NullMarked;
