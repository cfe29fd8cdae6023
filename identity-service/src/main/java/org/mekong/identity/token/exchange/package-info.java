/** Token exchange (RFC 8693): a service that acts for an officer, and says so. */
@NullMarked
package org.mekong.identity.token.exchange;

import org.jspecify.annotations.NullMarked;
