/** What the register costs: its own process, a whole nation in its database, load from beside. */
@NullMarked
package org.mekong.benchmarks.register;

import org.jspecify.annotations.NullMarked;
