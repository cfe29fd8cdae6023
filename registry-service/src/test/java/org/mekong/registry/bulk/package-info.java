/** Imports and exports, seen from outside. */
@NullMarked
package org.mekong.registry.bulk;

import org.jspecify.annotations.NullMarked;
