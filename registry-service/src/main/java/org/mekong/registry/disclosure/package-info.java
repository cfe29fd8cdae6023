/**
 * The only way out: every answer that holds personal data is appended to the transparency log in
 * the transaction that read it, so that no log entry means no data.
 */
@NullMarked
package org.mekong.registry.disclosure;

import org.jspecify.annotations.NullMarked;
