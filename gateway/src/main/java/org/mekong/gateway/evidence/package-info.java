/**
 * Evidence for agencies: what proves an exchange of theirs, in one file that anybody verifies
 * offline. It is kept for a while, since it holds what was answered, and given to nobody else.
 */
@NullMarked
package org.mekong.gateway.evidence;

import org.jspecify.annotations.NullMarked;
