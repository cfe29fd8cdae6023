package org.mekong.gateway.administration.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.Agreement;
import org.mekong.gateway.agreement.store.KeptAgreement;

/**
 * One version of an agreement, as administrators see it.
 *
 * @param digest hexadecimal SHA-256 of the document
 * @param proposedBy administrator, or {@code configuration}
 * @param approvedBy the administrator who had this nation sign it
 * @param terminatedFrom first day on which it may not be used any more, UTC
 * @param shadowSince since when it is tried beside the one in force
 */
@JsonInclude(Include.NON_NULL)
public record AgreementView(
    String id,
    int version,
    AgreementState state,
    String digest,
    List<String> parties,
    LocalDate validFrom,
    LocalDate validUntil,
    String proposedBy,
    Instant proposedAt,
    @Nullable String approvedBy,
    @Nullable LocalDate terminatedFrom,
    @Nullable Instant shadowSince,
    List<Signature> signatures) {

  public AgreementView {
    parties = List.copyOf(parties);
    signatures = List.copyOf(signatures);
  }

  /**
   * A party's signature.
   *
   * @param signature detached JWS over the document
   */
  public record Signature(String nation, String signature) {}

  static AgreementView of(
      KeptAgreement kept, Agreement agreement, AgreementState state, @Nullable Instant shadow) {
    return new AgreementView(
        agreement.id(),
        agreement.version(),
        state,
        kept.digest(),
        agreement.parties().stream().sorted().toList(),
        agreement.validFrom(),
        agreement.validUntil(),
        kept.proposedBy(),
        kept.proposedAt(),
        kept.approvedBy(),
        kept.terminatedFrom(),
        shadow,
        kept.signatures().stream()
            .map(each -> new Signature(each.nation(), each.signature()))
            .toList());
  }
}
