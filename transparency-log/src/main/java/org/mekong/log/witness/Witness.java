package org.mekong.log.witness;

import java.io.IOException;

/** A witness that checkpoints can be submitted to. */
@FunctionalInterface
public interface Witness {
  /**
   * Submits a checkpoint.
   *
   * @throws IOException when the witness cannot be reached, or answers something else than the
   *     protocol says
   */
  AddCheckpointAnswer addCheckpoint(AddCheckpointRequest request) throws IOException;
}
