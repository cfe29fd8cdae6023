/**
 * Under which name a person is known to whom: pairwise, so that agencies cannot put names together.
 */
@NullMarked
package org.mekong.identity.subject;

import org.jspecify.annotations.NullMarked;
