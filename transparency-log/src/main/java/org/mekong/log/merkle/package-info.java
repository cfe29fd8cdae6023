/**
 * The Merkle tree of RFC 9162 section 2.1: hashes, inclusion and consistency proofs, and their
 * strict verification. Nothing here does I/O.
 */
@NullMarked
package org.mekong.log.merkle;

import org.jspecify.annotations.NullMarked;
