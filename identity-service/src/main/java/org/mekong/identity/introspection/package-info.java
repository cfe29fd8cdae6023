/**
 * What clients and services may learn of tokens (RFC 7662), and how clients give them back (RFC
 * 7009).
 */
@NullMarked
package org.mekong.identity.introspection;

import org.jspecify.annotations.NullMarked;
