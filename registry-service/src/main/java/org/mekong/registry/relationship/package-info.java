/**
 * Who belongs to whom. Each side holds its own row, so that reading one person never joins another.
 */
@NullMarked
package org.mekong.registry.relationship;

import org.jspecify.annotations.NullMarked;
