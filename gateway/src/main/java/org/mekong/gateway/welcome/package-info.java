/**
 * The page at the root: what this service is, whose it is, and where to go on, in the languages of
 * both nations and in English.
 */
@NullMarked
package org.mekong.gateway.welcome;

import org.jspecify.annotations.NullMarked;
