/**
 * Keeps the journal's log under the eyes of its witnesses (C2SP tlog-witness), whom it reaches
 * through this nation's gateway. Nothing of this service waits for them: how the log stands is told
 * by health and metrics.
 */
@NullMarked
package org.mekong.identity.witness;

import org.jspecify.annotations.NullMarked;
