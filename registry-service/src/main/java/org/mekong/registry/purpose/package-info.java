/**
 * What data may be asked for: the purposes that this register knows, when each is in force, which
 * legal bases admit it, and whether it holds across the border.
 */
@NullMarked
package org.mekong.registry.purpose;

import org.jspecify.annotations.NullMarked;
