package org.mekong.gateway.exchange.answering;

import java.util.Optional;
import org.mekong.gateway.message.Refusal;

/**
 * What a peer is answered: signed and logged, a refusal too.
 *
 * @param answer compact JWS
 * @param receipt proof that our log holds it
 * @param refusal where the request was refused
 */
record ExchangeReply(String answer, String receipt, Optional<Refusal> refusal) {}
