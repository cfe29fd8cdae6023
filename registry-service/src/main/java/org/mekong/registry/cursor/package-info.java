/** Cursors that nobody but this register gives out. */
@NullMarked
package org.mekong.registry.cursor;

import org.jspecify.annotations.NullMarked;
