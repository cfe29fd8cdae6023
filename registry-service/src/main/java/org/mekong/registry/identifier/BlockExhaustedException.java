package org.mekong.registry.identifier;

/**
 * No free number was found in a block: its facts of birth need a wider scheme. The message names no
 * block, because a prefix tells facts of birth.
 */
public final class BlockExhaustedException extends Exception {

  private static final long serialVersionUID = 1L;

  BlockExhaustedException(int attempts) {
    super(
        "No free number was found for these facts of birth in %d attempts; the block is full or"
                .formatted(attempts)
            + " nearly so.");
  }
}
