package org.mekong.gateway.administration.peers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.peer.PeerDescription;

/**
 * What one administrator proposes of a peer and another approves.
 *
 * @param baseVersion of the peer that was there, 0 where none was
 * @param status {@code pending}, {@code approved} or {@code rejected}
 */
@JsonInclude(Include.NON_NULL)
public record PeerProposal(
    UUID id,
    String nation,
    int baseVersion,
    String status,
    String proposedBy,
    Instant proposedAt,
    Instant expiresAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    PeerDescription description) {}
