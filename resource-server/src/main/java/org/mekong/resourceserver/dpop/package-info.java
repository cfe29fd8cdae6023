/** Proofs of possession of a key (RFC 9449), at a protected resource and at a token endpoint. */
@NullMarked
package org.mekong.resourceserver.dpop;

import org.jspecify.annotations.NullMarked;
