/**
 * What the register itself permits, as data: purposes, field sets, and the rules that say who may
 * ask what of which kind for which purpose. Kept in versions, none of which is ever deleted.
 */
@NullMarked
package org.mekong.registry.permission.policy;

import org.jspecify.annotations.NullMarked;
