package org.mekong.log.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;

/**
 * An entry of a gateway's log that tells of the exchange, proved under a checkpoint that meets the
 * policy.
 */
record LoggedLeg(VerifiedEntry proved, Members entry) {
  private static final List<String> SHARED =
      List.of("request_id", "from", "to", "agency", "officer", "purpose", "legal_basis");

  /**
   * Verifies that the log of a nation's gateway holds an entry which agrees with the request.
   *
   * @param part of the bundle, for messages
   */
  static LoggedLeg verify(String part, String proof, Policy policy, String nation, Members request)
      throws EvidenceException {
    VerifiedEntry proved;
    try {
      proved = ProofVerifier.verify(proof, policy);
    } catch (ProofException e) {
      throw new EvidenceException(part, e);
    }
    if (!isGatewayOf(nation, proved.origin())) {
      throw new EvidenceException(part, "the entry is not of a log of the gateway of " + nation);
    }
    Members entry = Members.parse(part, proved.entry());
    if (entry.number("version") != 1 || !entry.text("kind").equals("exchange")) {
      throw entry.wrong("the entry does not tell of an exchange");
    }
    requireAgreement(entry, request);
    return new LoggedLeg(proved, entry);
  }

  private static boolean isGatewayOf(String nation, String origin) {
    String[] parts = origin.split("/", -1);
    return origin.startsWith(nation.toLowerCase(Locale.ROOT) + ".")
        && parts.length == 3
        && parts[1].equals("gateway");
  }

  private static void requireAgreement(Members entry, Members request) throws EvidenceException {
    for (String name : SHARED) {
      entry.require(name, request.text(name), "the request");
    }
    entry.require("lookup", request.text("kind"), "the request");
    TreeSet<String> asked = new TreeSet<>(request.texts("fields"));
    for (Members predicate : request.objects("predicates")) {
      asked.add(predicate.text("name"));
    }
    Optional<Members> known = request.optionalObject("known");
    if (known.isPresent()) {
      asked.addAll(known.get().all().keySet()); // what one asks by counts as asked for
    }
    if (!List.copyOf(asked).equals(entry.texts("fields"))) {
      throw entry.wrong("fields are not those of the request");
    }
  }

  /** Refuses unless the entry tells of the answer. */
  void requireAnswer(SignedStatement answer) throws EvidenceException {
    entry.require("digest", answer.digest(), "the signed answer");
    entry.require("outcome", answer.payload().text("outcome"), "the signed answer");
    Optional<Members> refusal = answer.payload().optionalObject("refusal");
    if (refusal.isPresent()) {
      entry.require("rule", refusal.get().text("rule"), "the signed answer");
    }
  }

  /** A few words on what was proved. */
  String told() {
    String cosigners =
        proved.cosigners().isEmpty()
            ? ""
            : ", cosigned by " + String.join(", ", proved.cosigners());
    return "entry %d of %s%s".formatted(proved.index(), proved.origin(), cosigners);
  }
}
