/**
 * The form of a file, looked at while it arrives: its encoding, its lines, its quotes. A file whose
 * form does not hold is refused as a whole; what its rows say is looked at later, row by row.
 */
@NullMarked
package org.mekong.registry.bulk.file;

import org.jspecify.annotations.NullMarked;
