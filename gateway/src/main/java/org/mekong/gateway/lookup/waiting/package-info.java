/**
 * Lookups whose callers do not wait: how a caller says so (RFC 7240), where such lookups are
 * queued, and how far one has come.
 */
@NullMarked
package org.mekong.gateway.lookup.waiting;

import org.jspecify.annotations.NullMarked;
