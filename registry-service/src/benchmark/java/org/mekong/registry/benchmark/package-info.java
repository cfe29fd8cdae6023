/** What only benchmarks may ask. Not compiled into any service that somebody runs. */
@NullMarked
package org.mekong.registry.benchmark;

import org.jspecify.annotations.NullMarked;
