/**
 * Vital events: what happens to persons in law, each validated against everyone it touches, applied
 * to all of them at once, and never erased.
 */
@NullMarked
package org.mekong.registry.vitalevent;

import org.jspecify.annotations.NullMarked;
