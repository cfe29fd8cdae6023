/** The page where people see what they allow applications, and withdraw it. */
@NullMarked
package org.mekong.identity.withdrawal;

import org.jspecify.annotations.NullMarked;
