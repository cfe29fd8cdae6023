/**
 * Erasing what leads from the log to a person. The log's tree is not touched; what stands in it
 * cannot be tied to anybody any more.
 */
@NullMarked
package org.mekong.registry.erasure;

import org.jspecify.annotations.NullMarked;
