package org.mekong.gateway.administration.agreements;

import com.nimbusds.jose.jwk.JWKSet;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.agreement.Agreement;
import org.mekong.gateway.agreement.AgreementException;
import org.mekong.gateway.agreement.AgreementReader;
import org.mekong.gateway.agreement.signing.AgreementSignature;
import org.mekong.gateway.agreement.signing.SignatureRefused;
import org.mekong.gateway.agreement.store.KeptAgreement;
import org.mekong.gateway.agreement.store.KeptSignature;
import org.mekong.gateway.http.Problem;

/** What a document and its signatures have to fulfil. Pure. */
final class AgreementRules {

  private static final AgreementReader READER = new AgreementReader();

  private AgreementRules() {}

  /** The agreement in a document; a problem that lists what is wrong with it. */
  static Agreement read(byte[] document) {
    try {
      return READER.read(document);
    } catch (AgreementException e) {
      throw Problem.of(
              "invalid-agreement",
              422,
              "Not an agreement",
              "The document cannot be used.",
              "Correct what violations names.")
          .with("rule", "agreement/document")
          .with("violations", e.faults())
          .build();
    }
  }

  /** Refuses an agreement that is not ours, or with a nation that is no peer. */
  static void requireKnownParties(Agreement agreement, String self, Set<String> peers) {
    if (!agreement.parties().contains(self)) {
      throw refused(
          "agreement/not-a-party",
          "This nation is no party to the agreement.",
          "Propose it at the gateways of its parties.");
    }
    List<String> unknown =
        agreement.parties().stream()
            .filter(nation -> !nation.equals(self) && !peers.contains(nation))
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw refused(
          "agreement/unknown-party",
          "These parties are no peers of this gateway: " + String.join(", ", unknown) + ".",
          "Add them as peers first, so that their signatures can be verified.");
    }
  }

  /** Refuses a version whose time is over. */
  static void requireNotOver(Agreement agreement, KeptAgreement kept, LocalDate today) {
    if (kept.terminatedFrom() != null) {
      throw refused(
          "agreement/terminated",
          "This version was terminated.",
          "Propose a new version; this one stays what it was.");
    }
    requireNotExpired(agreement, today);
  }

  /** Refuses a version whose validity has ended. */
  static void requireNotExpired(Agreement agreement, LocalDate today) {
    if (agreement.validUntil().isBefore(today)) {
      throw refused(
          "agreement/expired",
          "The agreement ended on " + agreement.validUntil() + ".",
          "Propose a new version with a validity that lasts.");
    }
  }

  /**
   * Whose signature this is.
   *
   * @param keys that may sign, by nation
   */
  static KeptSignature verified(byte[] document, String signature, Map<String, JWKSet> keys)
      throws SignatureRefused {
    Optional<SignatureRefused> why = Optional.empty();
    for (Map.Entry<String, JWKSet> nation : new TreeMap<>(keys).entrySet()) {
      try {
        return new KeptSignature(
            nation.getKey(),
            AgreementSignature.verify(document, signature, nation.getValue()).toJSONString(),
            signature);
      } catch (SignatureRefused e) {
        why = Optional.of(e);
      }
    }
    throw why.orElseThrow();
  }

  /** Refuses another document under a version that there is already. */
  static void requireSame(KeptAgreement kept, String digest) {
    if (!kept.digest().equals(digest)) {
      throw AdministrativeActs.conflict(
          "agreement/version-reused",
          "Version " + kept.reference() + " has another document, digest " + kept.digest() + ".",
          "Give the changed document the next version.");
    }
  }

  /** Refuses a version between others than the versions before. */
  static void requireSameParties(Agreement agreement, List<Agreement> versions) {
    for (Agreement before : versions) {
      if (before.id().equals(agreement.id()) && !before.parties().equals(agreement.parties())) {
        throw refused(
            "agreement/parties-changed",
            "Version " + before.version() + " of this agreement is between others.",
            "Give an agreement between other nations an id of its own.");
      }
    }
  }

  /** How far a version has come. */
  static AgreementState state(
      KeptAgreement kept,
      Agreement agreement,
      List<Agreement> inBook,
      String self,
      LocalDate today) {
    LocalDate end = kept.terminatedFrom();
    if (end != null && !today.isBefore(end)) {
      return AgreementState.TERMINATED;
    }
    if (!kept.binds(agreement)) {
      return kept.signedBy(self) ? AgreementState.SIGNED : AgreementState.PROPOSED;
    }
    if (agreement.validUntil().isBefore(today)) {
      return AgreementState.EXPIRED;
    }
    if (today.isBefore(agreement.validFrom())) {
      return AgreementState.AGREED;
    }
    boolean newer =
        inBook.stream()
            .anyMatch(
                each ->
                    each.id().equals(agreement.id())
                        && each.version() > agreement.version()
                        && !today.isBefore(each.validFrom()));
    return newer ? AgreementState.SUPERSEDED : AgreementState.IN_FORCE;
  }

  /** Hexadecimal SHA-256. */
  static String digest(byte[] document) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static RuntimeException refused(String rule, String detail, String action) {
    return Problem.of("invalid-agreement", 422, "Not to be taken", detail, action)
        .with("rule", rule)
        .build();
  }
}
