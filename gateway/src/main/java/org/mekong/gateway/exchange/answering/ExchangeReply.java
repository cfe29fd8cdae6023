package org.mekong.gateway.exchange.answering;

import java.util.Optional;
import org.mekong.gateway.message.Refusal;

/**
 * What a peer is answered: signed and logged, a refusal too.
 *
 * @param answer compact JWS
 * @param receipt proof that our log holds it
 * @param refusal where the request was refused
 * @param retryAfter seconds until the same request is worth sending again, where it was refused for
 *     now; else 0
 */
record ExchangeReply(String answer, String receipt, Optional<Refusal> refusal, long retryAfter) {

  /** An answer or a refusal that is the last word. */
  ExchangeReply(String answer, String receipt, Optional<Refusal> refusal) {
    this(answer, receipt, refusal, 0);
  }
}
