/**
 * What was issued on behalf of people and for how long it is good: refresh tokens, and what of
 * grants and single tokens was revoked.
 */
@NullMarked
package org.mekong.identity.issued;

import org.jspecify.annotations.NullMarked;
