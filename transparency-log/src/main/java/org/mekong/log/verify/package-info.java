/**
 * Offline verification by anybody: proof files of c2sp.org/tlog-proof and whole logs against a
 * policy of keys. Bytes in, result or checked exception out; only the command asks files, URLs and
 * the clock.
 */
@NullMarked
package org.mekong.log.verify;

import org.jspecify.annotations.NullMarked;
