/** How entries are written: canonical JSON of RFC 8785. */
@NullMarked
package org.mekong.log.entry;

import org.jspecify.annotations.NullMarked;
