/**
 * The witness protocol of c2sp.org/tlog-witness@v1.0.0, from both sides: cosigning the logs of
 * others, and collecting cosignatures for ours.
 */
@NullMarked
package org.mekong.log.witness;

import org.jspecify.annotations.NullMarked;
