/**
 * Starts whole nations on this machine: a real PostgreSQL, a test authority and keys, three
 * services a nation, a synthetic population, and one lookup across the border. {@link Up} is the
 * command; {@link Platform} starts and stops what it names: each {@code nation} on this {@code
 * machine}.
 */
@NullMarked
package org.mekong.local;

import org.jspecify.annotations.NullMarked;
