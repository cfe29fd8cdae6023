package org.mekong.log.witness;

import java.time.Instant;
import java.util.Optional;

/**
 * What one witness has done for a log.
 *
 * @param name as in the policy
 * @param cosignedSize of the newest checkpoint that it is known to have cosigned; 0 when none is
 * @param cosignedAt when it did
 * @param last what came of the last time it was asked since the start: {@code cosigned}, {@code
 *     unreachable}, {@code refused}, {@code ahead} or {@code forked}; empty when it was not asked
 */
public record WitnessReport(
    String name, long cosignedSize, Optional<Instant> cosignedAt, Optional<String> last) {}
