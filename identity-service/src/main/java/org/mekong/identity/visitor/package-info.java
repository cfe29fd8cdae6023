/** Who sits at a browser, and what of a client's request they can give it. */
@NullMarked
package org.mekong.identity.visitor;

import org.jspecify.annotations.NullMarked;
