/** What becomes of a client's operations as a stream of server-sent events (WHATWG HTML, 9.2). */
@NullMarked
package org.mekong.gateway.operation.stream;

import org.jspecify.annotations.NullMarked;
