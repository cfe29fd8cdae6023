/**
 * What the register said of a person at a moment: of a day, as known at an instant, or both. Only
 * entries are stored; every moment is a replay of those that were known by then.
 */
@NullMarked
package org.mekong.registry.reading.past;

import org.jspecify.annotations.NullMarked;
