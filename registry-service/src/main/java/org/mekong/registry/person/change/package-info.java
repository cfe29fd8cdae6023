/**
 * What events do to one person, and the timeline that follows: the state of a person on a day is
 * the fold of the changes up to that day, so history, corrections and their undoing need no rules
 * of their own.
 */
@NullMarked
package org.mekong.registry.person.change;

import org.jspecify.annotations.NullMarked;
