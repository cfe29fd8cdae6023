/**
 * Commitments: how an entry speaks of a person without naming them, and how that link is erased
 * without touching the log.
 */
@NullMarked
package org.mekong.log.commitment;

import org.jspecify.annotations.NullMarked;
