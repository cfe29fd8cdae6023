/**
 * The edge of this service towards whoever calls it: request ids, refused paths, size limits, and
 * problem documents (RFC 9457) that say who must act.
 */
@NullMarked
package org.mekong.gateway.http;

import org.jspecify.annotations.NullMarked;
