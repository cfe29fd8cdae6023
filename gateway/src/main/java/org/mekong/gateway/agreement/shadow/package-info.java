/**
 * What the version of an agreement that is tried beside the one in force would have changed,
 * counted without persons: in memory while lookups run, in the database a little later.
 */
@NullMarked
package org.mekong.gateway.agreement.shadow;

import org.jspecify.annotations.NullMarked;
