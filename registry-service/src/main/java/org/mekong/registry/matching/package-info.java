/**
 * Finding persons who stand in the register twice, and what officers make of it: blocking brings
 * pairs together, comparison scores them by rules that are data, a queue keeps what people decided.
 */
@NullMarked
package org.mekong.registry.matching;

import org.jspecify.annotations.NullMarked;
