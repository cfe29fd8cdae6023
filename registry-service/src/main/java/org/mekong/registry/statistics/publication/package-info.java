/** Statistics for everybody: tables of what is published, as JSON and CSV. */
@NullMarked
package org.mekong.registry.statistics.publication;

import org.jspecify.annotations.NullMarked;
