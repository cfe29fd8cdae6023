/** The rotation of signing keys on demand, by two administrators. */
@NullMarked
package org.mekong.identity.rotation;

import org.jspecify.annotations.NullMarked;
