package org.mekong.identity.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A proposal as it is answered.
 *
 * @param target what it is about
 * @param content what would be done, as it was sent
 * @param status {@code pending}, {@code approved}, {@code rejected} or {@code expired}
 */
public record ProposalView(
    UUID id,
    String act,
    String target,
    @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
        JsonNode content,
    String proposedBy,
    Instant proposedAt,
    Instant expiresAt,
    String status,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {
  static ProposalView of(Proposal proposal, Instant now, ObjectMapper json) {
    try {
      return new ProposalView(
          proposal.id(),
          proposal.act(),
          proposal.target(),
          json.readTree(proposal.content()),
          proposal.proposedBy(),
          proposal.proposedAt(),
          proposal.expiresAt(),
          proposal.statusAt(now),
          proposal.decidedBy().orElse(null),
          proposal.decidedAt().orElse(null));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record of our own", impossible);
    }
  }
}
