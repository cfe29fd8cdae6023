/**
 * The service's own transparency log: every token issued or refused and every administrative act is
 * an entry of it, written in the transaction that it tells of. No entry, no deed.
 */
@NullMarked
package org.mekong.identity.journal;

import org.jspecify.annotations.NullMarked;
