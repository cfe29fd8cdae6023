/**
 * Purposes as data: nobody reads a person for no reason, and the reasons are a list that the
 * register's administrator keeps.
 */
@NullMarked
package org.mekong.registry.purpose;

import org.jspecify.annotations.NullMarked;
