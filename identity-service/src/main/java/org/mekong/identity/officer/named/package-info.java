/** Administrators by the names that tokens have for them. */
@NullMarked
package org.mekong.identity.officer.named;

import org.jspecify.annotations.NullMarked;
