/** Files of many persons, into the register and out of it. */
@NullMarked
package org.mekong.registry.bulk;

import org.jspecify.annotations.NullMarked;
