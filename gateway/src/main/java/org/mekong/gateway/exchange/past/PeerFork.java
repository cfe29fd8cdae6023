package org.mekong.gateway.exchange.past;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Two checkpoints that one log has signed and that are not of one past. Whoever has the log's
 * public key can verify both.
 *
 * @param origin of the log
 * @param known the checkpoint that was known before, a signed note
 * @param seen the one that contradicts it, or the tree that the peer publishes, a signed note
 */
public record PeerFork(
    @Schema(examples = "la.mekong.example/gateway/2026") String origin,
    String known,
    String seen,
    Instant foundAt) {}
