/**
 * Which agency calls, and what its token grants: sender-constrained access tokens of this nation's
 * issuer, each call with a fresh proof of possession.
 */
@NullMarked
package org.mekong.gateway.access;

import org.jspecify.annotations.NullMarked;
