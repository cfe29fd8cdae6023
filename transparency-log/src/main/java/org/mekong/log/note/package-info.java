/**
 * Signed notes, keys, checkpoints and cosignatures: c2sp.org/signed-note@v1.0.0,
 * c2sp.org/tlog-checkpoint@v1.0.0 and c2sp.org/tlog-cosignature@v1.0.1, with Ed25519.
 */
@NullMarked
package org.mekong.log.note;

import org.jspecify.annotations.NullMarked;
