/**
 * The treaty as data: documents that name the parties, the purposes and what may be asked for each,
 * read and checked at start, and one pure evaluator that turns a question into a decision with the
 * rule that decided. The asking and the answering gateway both evaluate, each with its own copy, so
 * that the stricter one wins.
 */
@NullMarked
package org.mekong.gateway.agreement;

import org.jspecify.annotations.NullMarked;
