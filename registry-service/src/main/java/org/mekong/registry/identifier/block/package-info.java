/**
 * How full the blocks of personal numbers are: counted in the background, reported before one is
 * full.
 */
@NullMarked
package org.mekong.registry.identifier.block;

import org.jspecify.annotations.NullMarked;
