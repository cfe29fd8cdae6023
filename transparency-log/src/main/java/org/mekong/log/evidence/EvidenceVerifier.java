package org.mekong.log.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mekong.log.commitment.Commitment;
import org.mekong.log.verify.Policy;

/**
 * Verifies an evidence bundle offline: both signatures by keys that the reader trusts, the answer
 * bound to the request, each entry in its log under a checkpoint that meets the reader's policy,
 * and that they all tell of the same. Nothing in the bundle is believed for being in it.
 */
public final class EvidenceVerifier {
  private static final String REQUEST_TYPE = "mekong-request+jwt";
  private static final String ANSWER_TYPE = "mekong-answer+jwt";

  private final EvidenceBundle bundle;
  private final Policy policy;
  private final GatewayKeys trusted;
  private final List<String> checks = new ArrayList<>();
  private final List<Members> entries = new ArrayList<>();

  private EvidenceVerifier(EvidenceBundle bundle, Policy policy, GatewayKeys trusted) {
    this.bundle = bundle;
    this.policy = policy;
    this.trusted = trusted;
  }

  /**
   * Verifies a bundle.
   *
   * @param policy the trusted logs and witnesses
   * @param trusted the trusted keys of gateways
   * @throws EvidenceException naming the first part that is wrong, and why
   */
  public static VerifiedEvidence verify(EvidenceBundle bundle, Policy policy, GatewayKeys trusted)
      throws EvidenceException {
    return new EvidenceVerifier(bundle, policy, trusted).verify();
  }

  private VerifiedEvidence verify() throws EvidenceException {
    requireTrustedKeys();
    SignedStatement request = request();
    Members asked = request.payload();
    Optional<SignedStatement> answer = Optional.empty();
    if (bundle.signedAnswer().isPresent()) {
      answer = Optional.of(answer(bundle.signedAnswer().get(), request));
    }
    requireLegs(request, answer);
    requirePeerReceipt(asked, answer);
    requireOpenings();
    Optional<String> outcome = Optional.empty();
    if (answer.isPresent()) {
      outcome = Optional.of(answer.get().payload().text("outcome"));
    }
    return new VerifiedEvidence(
        bundle.requestId(),
        asked.text("from"),
        asked.text("to"),
        asked.text("purpose"),
        outcome,
        checks);
  }

  private void requireTrustedKeys() throws EvidenceException {
    for (Map.Entry<String, List<SigningKey>> nation : bundle.gateways().all().entrySet()) {
      for (SigningKey key : nation.getValue()) {
        boolean known =
            trusted.find(nation.getKey(), key.id()).map(other -> other.isSame(key)).orElse(false);
        if (!known) {
          throw new EvidenceException(
              "gateways", "a key of the bundle is none of the trusted ones of its nation");
        }
      }
    }
    checks.add("the gateways' keys are the trusted ones");
  }

  private SignedStatement request() throws EvidenceException {
    String part = "signed request";
    String from = SignedStatement.unverified(part, bundle.signedRequest()).text("from");
    SignedStatement request =
        SignedStatement.verify(part, bundle.signedRequest(), REQUEST_TYPE, from, trusted);
    request.payload().require("request_id", bundle.requestId(), "the bundle");
    checks.add("the request is signed by the gateway of " + from);
    return request;
  }

  private SignedStatement answer(String compact, SignedStatement request) throws EvidenceException {
    String to = request.payload().text("to");
    SignedStatement answer =
        SignedStatement.verify("signed answer", compact, ANSWER_TYPE, to, trusted);
    Members said = answer.payload();
    said.require("request_digest", request.digest(), "the signed request");
    said.require("request_id", bundle.requestId(), "the signed request");
    said.require("from", to, "the nation that was asked");
    said.require("to", request.payload().text("from"), "the nation that asked");
    requireFitting(said, request.payload());
    checks.add("the answer is signed by the gateway of " + to + ", and bound to the request");
    return answer;
  }

  /** What is answered is what was asked. */
  private static void requireFitting(Members said, Members asked) throws EvidenceException {
    if (said.text("outcome").equals("refused")) {
      return;
    }
    List<String> predicates = new ArrayList<>();
    for (Members predicate : asked.objects("predicates")) {
      predicates.add(predicate.text("name"));
    }
    List<String> answered = new ArrayList<>();
    for (Members each : said.objects("answers")) {
      answered.add(each.text("name"));
    }
    Optional<Members> person = said.optionalObject("person");
    List<Members> shown = new ArrayList<>(person.map(List::of).orElse(List.of()));
    Optional<Members> finding = said.optionalObject("finding");
    if (finding.isPresent()) {
      for (Members each : finding.get().objects("persons")) {
        shown.add(each.object("person"));
      }
    }
    boolean fits =
        answered.equals(predicates)
            && finding.isPresent() == asked.optionalObject("known").isPresent();
    for (Members each : shown) {
      fits &= asked.texts("fields").containsAll(each.all().keySet());
    }
    if (!fits) {
      throw said.wrong("it holds something else than was asked");
    }
  }

  private void requireLegs(SignedStatement request, Optional<SignedStatement> answer)
      throws EvidenceException {
    int requests = 0;
    int answers = 0;
    for (EvidenceBundle.Leg leg : bundle.legs()) {
      String part = leg.leg() + " leg";
      Members asked = request.payload();
      LoggedLeg logged = LoggedLeg.verify(part, leg.proof(), policy, asked.text("from"), asked);
      logged.entry().require("leg", leg.leg(), "the bundle");
      switch (leg.leg()) {
        case "request" -> {
          requests++;
          logged.entry().require("digest", request.digest(), "the signed request");
        }
        case "answer" -> {
          answers++;
          logged.requireAnswer(
              answer.orElseThrow(
                  () -> new EvidenceException(part, "there is no answer in the bundle")));
        }
        case "failure" -> logged.entry().text("rule");
        default -> throw new EvidenceException("bundle", "a leg of an unknown kind");
      }
      entries.add(logged.entry());
      checks.add(part + ": " + logged.told());
    }
    if (requests != 1) {
      throw new EvidenceException("request leg", "it has to be there once");
    }
    if (answers != (answer.isPresent() ? 1 : 0)) {
      throw new EvidenceException("answer leg", "it has to be there once for the answer");
    }
  }

  private void requirePeerReceipt(Members asked, Optional<SignedStatement> answer)
      throws EvidenceException {
    String part = "peer receipt";
    if (bundle.peerReceipt().isPresent() != answer.isPresent()) {
      throw new EvidenceException(part, "it has to be there with an answer, and only then");
    }
    if (answer.isEmpty()) {
      return;
    }
    LoggedLeg logged =
        LoggedLeg.verify(part, bundle.peerReceipt().orElseThrow(), policy, asked.text("to"), asked);
    String leg = logged.entry().text("leg");
    if (!leg.equals("answer") && !leg.equals("refusal")) {
      throw logged.entry().wrong("the entry does not tell of an answer");
    }
    logged.requireAnswer(answer.get());
    entries.add(logged.entry());
    checks.add(part + ": " + logged.told());
  }

  private void requireOpenings() throws EvidenceException {
    String part = "opening";
    for (EvidenceBundle.KnownSubject opening : bundle.openings()) {
      boolean stands = false;
      for (Members entry : entries) {
        stands |= entry.optionalText("subject").equals(Optional.of(opening.commitment()));
        stands |= entry.texts("subjects").contains(opening.commitment());
      }
      if (!stands) {
        throw new EvidenceException(part, "the commitment stands in none of the entries");
      }
      if (!opens(part, opening)) {
        throw new EvidenceException(part, "it does not open the commitment");
      }
      checks.add("opening: it opens the commitment to its subject");
    }
  }

  private boolean opens(String part, EvidenceBundle.KnownSubject opening) throws EvidenceException {
    byte[] key = SignedStatement.decode(part, opening.key());
    try {
      return Commitment.parse(opening.commitment())
          .isOpenedBy(key, opening.subject(), bundle.requestId());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
