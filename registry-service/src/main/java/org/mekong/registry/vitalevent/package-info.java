/**
 * What vital events leave behind on a person: dates that may be partly known, marital status and
 * life status. The events themselves join this package.
 */
@NullMarked
package org.mekong.registry.vitalevent;

import org.jspecify.annotations.NullMarked;
