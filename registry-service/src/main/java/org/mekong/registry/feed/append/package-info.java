/**
 * How changes come into the feed: in the transaction that makes them, and from there into one
 * order.
 */
@NullMarked
package org.mekong.registry.feed.append;

import org.jspecify.annotations.NullMarked;
