/**
 * Operations: lookups whose callers do not wait. A queue shared by all replicas keeps each until
 * there is an outcome, which its client fetches, hears of by a stream or a webhook, and which is
 * erased soon after.
 */
@NullMarked
package org.mekong.gateway.operation;

import org.jspecify.annotations.NullMarked;
