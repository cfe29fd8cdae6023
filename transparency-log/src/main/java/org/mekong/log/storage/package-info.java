/** What of a log lies in tables of its own and changes without its head: tiles, cosignatures. */
@NullMarked
package org.mekong.log.storage;

import org.jspecify.annotations.NullMarked;
