/**
 * The logs of a service through the years: one a year, each watched by its witnesses, each sealed
 * when its year is over.
 */
@NullMarked
package org.mekong.log.year;

import org.jspecify.annotations.NullMarked;
