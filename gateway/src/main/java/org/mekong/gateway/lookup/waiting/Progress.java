package org.mekong.gateway.lookup.waiting;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.lookup.LookupAnswer;

/** How far an attempt at a lookup that waits has come. */
public sealed interface Progress {

  /** It is answered: nothing can change that any more. */
  record Answered(LookupAnswer answer) implements Progress {}

  /** It is refused: nothing can change that any more. */
  record Refused(HttpProblem problem) implements Progress {}

  /** Its time is over without an answer: nothing can change that any more. */
  record Expired(HttpProblem problem) implements Progress {}

  /**
   * There is no outcome; to be tried again.
   *
   * @param rule why, such as {@code exchange/unreachable}
   */
  record NotYet(@Nullable String rule) implements Progress {}
}
