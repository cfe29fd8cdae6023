/**
 * Blocking: the keys that bring two persons together, kept by key in the transaction that writes
 * the person, so that candidates are found without looking at anybody else.
 */
@NullMarked
package org.mekong.registry.matching.block;

import org.jspecify.annotations.NullMarked;
