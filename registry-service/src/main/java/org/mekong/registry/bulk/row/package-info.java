/** Rows of a file, read into declarations of persons as the API takes them. */
@NullMarked
package org.mekong.registry.bulk.row;

import org.jspecify.annotations.NullMarked;
