/**
 * The gateways of other nations as this one knows them: where they are, and the keys and
 * certificates that are theirs. Everything is pinned by configuration; nothing is learnt from them.
 */
@NullMarked
package org.mekong.gateway.peer;

import org.jspecify.annotations.NullMarked;
