/**
 * How a person gets a password and one-time codes by the code that they were handed in two halves:
 * on a page, or by an application of theirs.
 */
@NullMarked
package org.mekong.identity.officer.activation;

import org.jspecify.annotations.NullMarked;
