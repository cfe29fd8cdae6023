/** Rows that enter the register: many first registrations by the rules of one, written together. */
@NullMarked
package org.mekong.registry.bulk.entry;

import org.jspecify.annotations.NullMarked;
