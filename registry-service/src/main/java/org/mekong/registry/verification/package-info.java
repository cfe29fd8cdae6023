/**
 * Yes, no, or cannot tell: statements about a person answered without handing out the field behind
 * them.
 */
@NullMarked
package org.mekong.registry.verification;

import org.jspecify.annotations.NullMarked;
