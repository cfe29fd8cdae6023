/**
 * The keys that tokens are signed with: made at the first start, kept encrypted in the database,
 * published as a JWK set.
 */
@NullMarked
package org.mekong.identity.key;

import org.jspecify.annotations.NullMarked;
