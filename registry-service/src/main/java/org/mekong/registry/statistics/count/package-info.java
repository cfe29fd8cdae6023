/**
 * The true figures: what each life adds to them, kept in step in the transaction that changes the
 * life. They are never given out as they are.
 */
@NullMarked
package org.mekong.registry.statistics.count;

import org.jspecify.annotations.NullMarked;
