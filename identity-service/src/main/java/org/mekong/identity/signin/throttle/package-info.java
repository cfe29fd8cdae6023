/**
 * Slows down whoever guesses passwords, without a way to lock somebody else out: attempts are
 * counted by who tries from where, never by whose account is tried alone.
 */
@NullMarked
package org.mekong.identity.signin.throttle;

import org.jspecify.annotations.NullMarked;
