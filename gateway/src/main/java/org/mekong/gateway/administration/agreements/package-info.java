/**
 * Agreements as administrators handle them: one proposes a document, another has this nation sign
 * it, the other parties' signatures are added, and it binds. What ends or tries out an agreement,
 * one does alone.
 */
@NullMarked
package org.mekong.gateway.administration.agreements;

import org.jspecify.annotations.NullMarked;
