package org.mekong.gateway.agreement.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.Agreement;
import org.mekong.gateway.agreement.AgreementReference;

/**
 * One version of an agreement as it is kept.
 *
 * @param document as it was sent; this is what is signed
 * @param digest hexadecimal SHA-256 of the document
 * @param proposedBy administrator, or {@value #CONFIGURATION}
 * @param approvedBy the administrator who had our nation sign it
 * @param terminatedFrom first day on which it may not be used any more, UTC
 */
public record KeptAgreement(
    AgreementReference reference,
    byte[] document,
    String digest,
    String proposedBy,
    Instant proposedAt,
    @Nullable String approvedBy,
    @Nullable LocalDate terminatedFrom,
    List<KeptSignature> signatures) {

  /** Who proposed what came from {@code gateway.agreement-files}. */
  public static final String CONFIGURATION = "configuration";

  public KeptAgreement {
    signatures = List.copyOf(signatures);
  }

  /** Whether each party has signed it. */
  public boolean binds(Agreement agreement) {
    return signatures.stream()
        .map(KeptSignature::nation)
        .collect(Collectors.toSet())
        .containsAll(agreement.parties());
  }

  /** Whether this nation has signed it. */
  public boolean signedBy(String nation) {
    return signatures.stream().anyMatch(signature -> signature.nation().equals(nation));
  }
}
