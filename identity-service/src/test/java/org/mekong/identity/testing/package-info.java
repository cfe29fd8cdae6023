/** What the service's own tests share: a node with a real database, and systems that call it. */
@NullMarked
package org.mekong.identity.testing;

import org.jspecify.annotations.NullMarked;
