/** The page at the root: what this service is and where to go next, in three languages. */
@NullMarked
package org.mekong.identity.welcome;

import org.jspecify.annotations.NullMarked;
