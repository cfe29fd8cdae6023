/**
 * What happens once, when the service starts: checks that refuse to run unsafely, and the first
 * administrator.
 */
@NullMarked
package org.mekong.identity.startup;

import org.jspecify.annotations.NullMarked;
