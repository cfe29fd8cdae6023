/**
 * Lookups under a key: the first outcome stands, and what was begun is finished as it was begun, by
 * whichever replica comes to it.
 */
@NullMarked
package org.mekong.gateway.lookup.keyed;

import org.jspecify.annotations.NullMarked;
