/**
 * The change feed: what happened to whom, in one order that everybody who follows it sees. It holds
 * keys and types, no personal data, and of who is protected not even these.
 */
@NullMarked
package org.mekong.registry.feed;

import org.jspecify.annotations.NullMarked;
