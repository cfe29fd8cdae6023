/**
 * A request to a protected resource as it came, before anything in it is believed: its path, where
 * its access token stands, and the rules by which it is refused.
 */
@NullMarked
package org.mekong.resourceserver.request;

import org.jspecify.annotations.NullMarked;
