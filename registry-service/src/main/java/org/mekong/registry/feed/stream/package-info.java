/** The change feed as a stream of server-sent events (WHATWG HTML, section 9.2). */
@NullMarked
package org.mekong.registry.feed.stream;

import org.jspecify.annotations.NullMarked;
