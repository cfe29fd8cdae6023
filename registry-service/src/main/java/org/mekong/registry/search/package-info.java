/**
 * Finding persons whose number is not known: by names however they are spelled, with whatever else
 * is known of them, ranked and explained; and by number, household and place.
 */
@NullMarked
package org.mekong.registry.search;

import org.jspecify.annotations.NullMarked;
