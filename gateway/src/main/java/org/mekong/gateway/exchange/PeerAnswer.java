package org.mekong.gateway.exchange;

import java.time.Duration;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.SignedMessage;

/**
 * A peer's answer, verified.
 *
 * @param answer what the peer signed
 * @param receipt the proof that the peer's log holds the answer, c2sp.org/tlog-proof
 * @param entry where it stands there
 * @param elapsed from sending to the last byte
 * @param peerTime what the peer says it worked
 */
public record PeerAnswer(
    SignedMessage<ExchangeAnswer> answer,
    String receipt,
    EntryReference entry,
    Duration elapsed,
    Duration peerTime) {}
