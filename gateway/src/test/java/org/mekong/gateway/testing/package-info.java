/**
 * What stands around the gateway in its tests: a certification authority, a peer that can lie, a
 * register, an issuer, and the agency that calls. All real, over real TLS.
 */
@NullMarked
package org.mekong.gateway.testing;

import org.jspecify.annotations.NullMarked;
