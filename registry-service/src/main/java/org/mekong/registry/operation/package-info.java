/**
 * Safe writes: the first outcome of every creating request, kept by its idempotency key and
 * returned again to whoever repeats it.
 */
@NullMarked
package org.mekong.registry.operation;

import org.jspecify.annotations.NullMarked;
