/**
 * What a start needs of this machine: an embedded database, processes that are started, watched and
 * ended, files that their owner alone may read, and the terminal that tells how far it is.
 */
@NullMarked
package org.mekong.local.machine;

import org.jspecify.annotations.NullMarked;
