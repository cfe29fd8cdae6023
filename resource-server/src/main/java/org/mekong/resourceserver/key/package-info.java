/**
 * Signatures and the keys that go with them: which algorithms are in use, what verifies and signs
 * by a key, where the keys of an issuer are found.
 */
@NullMarked
package org.mekong.resourceserver.key;

import org.jspecify.annotations.NullMarked;
