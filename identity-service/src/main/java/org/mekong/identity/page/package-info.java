/**
 * What the pages for people have in common: their languages and texts, their frame, and the headers
 * that keep scripts, other sites and caches away from them.
 */
@NullMarked
package org.mekong.identity.page;

import org.jspecify.annotations.NullMarked;
