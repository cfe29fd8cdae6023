/** First registration: somebody enters the register as they declare themselves. */
@NullMarked
package org.mekong.registry.registration;

import org.jspecify.annotations.NullMarked;
