/**
 * What the tests of every module share: one real PostgreSQL a JVM, with the durability settings of
 * a real one. It depends on no test framework.
 */
@NullMarked
package org.mekong.log.testing;

import org.jspecify.annotations.NullMarked;
