/**
 * For the tests of services that are protected resources: a small real issuer and a client that
 * makes DPoP proofs, well-formed and broken. Knows nothing of a test framework.
 */
@NullMarked
package org.mekong.resourceserver.testing;

import org.jspecify.annotations.NullMarked;
