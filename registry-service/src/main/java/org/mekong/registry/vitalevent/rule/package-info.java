/** What law and nature ask of events, by theme and nation. Pure: nothing here reads a table. */
@NullMarked
package org.mekong.registry.vitalevent.rule;

import org.jspecify.annotations.NullMarked;
