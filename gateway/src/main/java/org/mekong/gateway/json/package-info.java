/**
 * JSON as this gateway takes it from strangers: no unknown and no repeated member, bounded depth
 * and length, no coercion between types, nothing after the document.
 */
@NullMarked
package org.mekong.gateway.json;

import org.jspecify.annotations.NullMarked;
