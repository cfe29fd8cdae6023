/** What this issuer can do, as others read it. */
@NullMarked
package org.mekong.identity.discovery;

import org.jspecify.annotations.NullMarked;
