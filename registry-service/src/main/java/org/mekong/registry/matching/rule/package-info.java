/**
 * The rules of matching as data: which keys bring two persons together, what each level of
 * agreement weighs, and from which score on a pair is looked at. Versions are kept for ever.
 */
@NullMarked
package org.mekong.registry.matching.rule;

import org.jspecify.annotations.NullMarked;
