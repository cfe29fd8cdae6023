/** Requests that hold only for what the caller has seen (RFC 9110 section 13). */
@NullMarked
package org.mekong.identity.access.conditional;

import org.jspecify.annotations.NullMarked;
