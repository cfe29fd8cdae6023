/** How persons are kept: one row with a document for reading, entries by person for history. */
@NullMarked
package org.mekong.registry.person.storage;

import org.jspecify.annotations.NullMarked;
