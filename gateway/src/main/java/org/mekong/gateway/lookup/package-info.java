/**
 * Lookups of this nation's agencies: what the token grants and the agreement allows is asked of the
 * peer, and nothing comes back that is not verified and logged.
 */
@NullMarked
package org.mekong.gateway.lookup;

import org.jspecify.annotations.NullMarked;
