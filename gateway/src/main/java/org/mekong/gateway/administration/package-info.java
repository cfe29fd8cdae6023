/**
 * What operators do with this gateway: they see how its log stands, prune what is over, and erase
 * what leads from it to a person. Each act is told in the log.
 */
@NullMarked
package org.mekong.gateway.administration;

import org.jspecify.annotations.NullMarked;
