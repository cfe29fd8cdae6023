/** Tokens, from what is granted: access tokens in the profile of RFC 9068, ID tokens. */
@NullMarked
package org.mekong.identity.token.signing;

import org.jspecify.annotations.NullMarked;
