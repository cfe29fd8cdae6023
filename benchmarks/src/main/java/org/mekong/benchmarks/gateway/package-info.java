/**
 * What a lookup across the border costs: two whole nations on this machine, asked by one agency
 * system, beside a direct call to the register that answers.
 */
@NullMarked
package org.mekong.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
