/**
 * The tamper-evident, append-only log of a service, over PostgreSQL: entries go in, receipts come
 * out, and everything an outsider needs to check them is served by public specifications of C2SP.
 */
@NullMarked
package org.mekong.log;

import org.jspecify.annotations.NullMarked;
