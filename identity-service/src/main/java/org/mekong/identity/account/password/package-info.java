/** Passwords: which are taken, and what is kept of them. */
@NullMarked
package org.mekong.identity.account.password;

import org.jspecify.annotations.NullMarked;
