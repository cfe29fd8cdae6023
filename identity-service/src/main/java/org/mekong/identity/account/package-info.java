/**
 * People who sign in: citizens by personal number, officers and administrators by user name; what
 * they may do, and the password and one-time codes by which they prove who they are.
 */
@NullMarked
package org.mekong.identity.account;

import org.jspecify.annotations.NullMarked;
