/**
 * How this service says no: problem documents (RFC 9457) that name the field, the rule and what the
 * caller can do, and the guards that stand before every resource.
 */
@NullMarked
package org.mekong.registry.problem;

import org.jspecify.annotations.NullMarked;
