/**
 * Synthetic people for demonstrations and load: seeded, repeatable, shaped like the nation, bound
 * to the rules of the API.
 */
@NullMarked
package org.mekong.registry.population;

import org.jspecify.annotations.NullMarked;
