/** The journal as administrators and auditors read it: by pages, with filters, from the log. */
@NullMarked
package org.mekong.identity.journal.reading;

import org.jspecify.annotations.NullMarked;
