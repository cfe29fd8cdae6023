package org.mekong.gateway.lookup.keyed;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.log.PendingEntry;

/** What became of a lookup with an Idempotency-Key. */
public sealed interface KeyState {

  /** Never seen: to be done under this id. */
  record New(UUID requestId) implements KeyState {}

  /** Begun and without an outcome: to be finished, sending again what was sent. */
  record Resumed(
      UUID requestId, @Nullable String signedRequest, @Nullable PendingEntry requestEntry)
      implements KeyState {}

  /** Done: the first outcome stands. */
  record Finished(UUID requestId, StoredOutcome outcome, PendingEntry answerEntry)
      implements KeyState {}

  /** Somebody is at it. */
  record InProgress() implements KeyState {}

  /** The key was used for another question. */
  record OtherBody() implements KeyState {}

  /** Done so long ago that the outcome is erased. */
  record Expired() implements KeyState {}
}
