/**
 * What gateways sign and send to each other: the request and the answer as JWS (RFC 7515, ES256),
 * read strictly, verified by pure functions against pinned keys.
 */
@NullMarked
package org.mekong.gateway.message;

import org.jspecify.annotations.NullMarked;
