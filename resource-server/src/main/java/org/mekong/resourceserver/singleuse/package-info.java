/**
 * What may be used once, and the stores that remember it: of any number of simultaneous attempts
 * exactly one succeeds.
 */
@NullMarked
package org.mekong.resourceserver.singleuse;

import org.jspecify.annotations.NullMarked;
