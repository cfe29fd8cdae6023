/**
 * Calls to other machines: HTTPS with this gateway's certificate, the server's certificate pinned
 * by its subject, the whole call within a deadline, the answer within a size.
 */
@NullMarked
package org.mekong.gateway.transport;

import org.jspecify.annotations.NullMarked;
