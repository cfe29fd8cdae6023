/**
 * The index that persons are searched by: a table of PostgreSQL keyed by the words of names,
 * written in the transaction that changes a person, and read in bounded scans.
 */
@NullMarked
package org.mekong.registry.search.index;

import org.jspecify.annotations.NullMarked;
