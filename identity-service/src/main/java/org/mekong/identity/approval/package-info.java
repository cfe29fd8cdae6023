/**
 * The two-person rule: what changes keys, roles or administrators is proposed by one administrator
 * and done when another approves. Until a node has two, the one does it alone, and every answer and
 * every entry of the journal says so.
 */
@NullMarked
package org.mekong.identity.approval;

import org.jspecify.annotations.NullMarked;
