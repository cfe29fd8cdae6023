/**
 * The asking side of the exchange between gateways: a request is signed and sent to a peer, and
 * only an answer that verifies comes back. The answering side is the package beneath.
 */
@NullMarked
package org.mekong.gateway.exchange;

import org.jspecify.annotations.NullMarked;
