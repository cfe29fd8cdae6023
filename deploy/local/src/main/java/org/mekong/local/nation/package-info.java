/**
 * What makes a nation: its ports, keys, certificates and settings on disk, what is registered at
 * its identity-service, and the invented citizens who can sign in.
 */
@NullMarked
package org.mekong.local.nation;

import org.jspecify.annotations.NullMarked;
