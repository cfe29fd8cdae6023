package org.mekong.registry.identifier;

/** No free number was found in a block: its facts of birth need a wider scheme. */
public final class BlockExhaustedException extends Exception {

  private static final long serialVersionUID = 1L;

  BlockExhaustedException(NumberBlock block, int attempts) {
    super(
        "Number block %s has no free number left after %d attempts"
            .formatted(block.prefix(), attempts));
  }
}
