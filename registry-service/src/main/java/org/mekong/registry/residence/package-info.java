/** Places and residences: where a person was born, comes from, and lives. */
@NullMarked
package org.mekong.registry.residence;

import org.jspecify.annotations.NullMarked;
