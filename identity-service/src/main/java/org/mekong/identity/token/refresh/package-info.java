/** The refresh_token grant (RFC 6749 section 6): tokens anew, while the grant lasts. */
@NullMarked
package org.mekong.identity.token.refresh;

import org.jspecify.annotations.NullMarked;
