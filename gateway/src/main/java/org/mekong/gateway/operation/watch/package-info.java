/** How long the queue is and how old: for operators and for metrics, without a word on persons. */
@NullMarked
package org.mekong.gateway.operation.watch;

import org.jspecify.annotations.NullMarked;
