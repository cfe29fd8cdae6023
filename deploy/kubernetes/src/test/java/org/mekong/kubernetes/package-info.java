/**
 * Tests of the manifests in this module: that they render, that no check finds a fault in them,
 * that each check finds its own in a broken manifest, and that what they rely on holds elsewhere
 * too: the database roles on a real PostgreSQL, and the configuration keys in the code.
 */
@NullMarked
package org.mekong.kubernetes;

import org.jspecify.annotations.NullMarked;
