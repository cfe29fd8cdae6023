/** Agencies: the offices on whose behalf systems ask, registered by administrators. */
@NullMarked
package org.mekong.identity.agency;

import org.jspecify.annotations.NullMarked;
