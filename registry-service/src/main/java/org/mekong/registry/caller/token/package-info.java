/**
 * Sender-constrained access tokens: one mechanism of Quarkus security that knows who sends one, and
 * one filter that spends the proof which comes with it.
 */
@NullMarked
package org.mekong.registry.caller.token;

import org.jspecify.annotations.NullMarked;
