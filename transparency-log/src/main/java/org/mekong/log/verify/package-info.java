/**
 * Offline verification by anybody: proof files of c2sp.org/tlog-proof against a policy of keys.
 * Bytes in, result or checked exception out; no clock and no network.
 */
@NullMarked
package org.mekong.log.verify;

import org.jspecify.annotations.NullMarked;
