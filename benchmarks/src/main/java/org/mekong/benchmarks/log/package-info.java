/** The bars of the transparency log, each measured beside a plain database of the same run. */
@NullMarked
package org.mekong.benchmarks.log;

import org.jspecify.annotations.NullMarked;
