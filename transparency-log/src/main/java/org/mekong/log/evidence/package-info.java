/**
 * Evidence bundles: everything that proves one exchange between two gateways in one file, verified
 * offline against keys that the reader trusts.
 */
@NullMarked
package org.mekong.log.evidence;

import org.jspecify.annotations.NullMarked;
