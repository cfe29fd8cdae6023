/** Whether the figures that are kept are those that a count of the register gives. */
@NullMarked
package org.mekong.registry.statistics.check;

import org.jspecify.annotations.NullMarked;
