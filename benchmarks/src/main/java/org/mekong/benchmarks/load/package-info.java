/** How load is driven and what is measured of it, the same for every benchmark. */
@NullMarked
package org.mekong.benchmarks.load;

import org.jspecify.annotations.NullMarked;
