/**
 * The queue of pairs that may be one person: officers look at both, for a purpose and on the
 * record, and decide. What they decide is remembered and can be revised.
 */
@NullMarked
package org.mekong.registry.matching.review;

import org.jspecify.annotations.NullMarked;
