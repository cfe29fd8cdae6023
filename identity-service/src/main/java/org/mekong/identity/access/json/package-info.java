/** How JSON is read: strictly, and what does not fit is a problem of the caller. */
@NullMarked
package org.mekong.identity.access.json;

import org.jspecify.annotations.NullMarked;
