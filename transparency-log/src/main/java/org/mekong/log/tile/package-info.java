/**
 * The static resources of a tiled log, c2sp.org/tlog-tiles@v0.1.0: their paths, their bytes, and
 * the tree that is read from them.
 */
@NullMarked
package org.mekong.log.tile;

import org.jspecify.annotations.NullMarked;
