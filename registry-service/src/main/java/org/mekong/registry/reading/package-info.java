/**
 * Giving out fields of a person: for a purpose, to somebody who may, no more than was asked, and
 * never without an entry in the log.
 */
@NullMarked
package org.mekong.registry.reading;

import org.jspecify.annotations.NullMarked;
