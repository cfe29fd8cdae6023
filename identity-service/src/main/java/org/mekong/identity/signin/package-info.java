/**
 * The page where people sign in, by personal number or user name with password and one-time code.
 * Whatever was wrong, the answer is the same, in text, status, length and time.
 */
@NullMarked
package org.mekong.identity.signin;

import org.jspecify.annotations.NullMarked;
