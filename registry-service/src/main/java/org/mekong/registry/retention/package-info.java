/** How rows go when they are old. */
@NullMarked
package org.mekong.registry.retention;

import org.jspecify.annotations.NullMarked;
