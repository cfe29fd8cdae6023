package org.mekong.gateway.exchange.answering;

import org.mekong.log.PendingEntry;

/** Whether a request that a peer sent is to be answered anew. */
sealed interface Admission {

  /** Never seen: to be logged and answered. */
  record New() implements Admission {}

  /**
   * Seen and logged, but whoever took it up did not finish: to be answered, not logged again.
   *
   * @param requestEntry the logged request leg
   * @param counted whether it was taken from the quotas: it was by whoever took it up, unless that
   *     one said that a quota was used up
   */
  record TakenOver(PendingEntry requestEntry, boolean counted) implements Admission {}

  /** Somebody is at it. */
  record InProgress() implements Admission {}

  /**
   * Answered: the same request gets the same answer.
   *
   * @param answer compact JWS
   * @param answerEntry the logged answer leg
   */
  record Answered(String answer, PendingEntry answerEntry) implements Admission {}

  /** Answered so long ago that the answer is erased. */
  record Expired() implements Admission {}

  /** Another request used this request id or this nonce. */
  record Replayed() implements Admission {}
}
