/** The authorization_code grant (RFC 6749 section 4.1.3): a code for tokens, once. */
@NullMarked
package org.mekong.identity.token.code;

import org.jspecify.annotations.NullMarked;
