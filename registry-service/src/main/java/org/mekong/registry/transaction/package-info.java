/** Work on the database that many features do alike, and that knows nothing of what it is about. */
@NullMarked
package org.mekong.registry.transaction;

import org.jspecify.annotations.NullMarked;
