package org.mekong.gateway.receipt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.Question;
import org.mekong.log.entry.CanonicalJson;

/**
 * One entry of the log: who asked whom, why, and for what; not about whom, but for a commitment
 * that only the subject's own nation can open.
 *
 * @param requestId the same in both logs
 * @param leg what the entry is about
 * @param time when, to the millisecond
 * @param from nation that asks
 * @param to nation that is asked
 * @param agency id of the asking agency; null where it is not known for sure
 * @param officer pseudonym
 * @param purpose why
 * @param legalBasis of the asking nation
 * @param lookup kind of lookup
 * @param fields predicates or fields asked for
 * @param outcome of an answer, a refusal or a failure
 * @param rule that refused
 * @param count of persons disclosed
 * @param subjects commitments to the persons whom it is about, base64url
 * @param digest base64url SHA-256 of the signed message, which is salted by its nonce
 * @param visibleAfter when the person may see it
 */
public record ExchangeEntry(
    UUID requestId,
    Leg leg,
    Instant time,
    String from,
    String to,
    @Nullable String agency,
    @Nullable String officer,
    @Nullable String purpose,
    @Nullable String legalBasis,
    @Nullable String lookup,
    @Nullable List<String> fields,
    @Nullable String outcome,
    @Nullable String rule,
    @Nullable Integer count,
    List<String> subjects,
    @Nullable String digest,
    @Nullable Instant visibleAfter) {

  private static final int VERSION = 1;

  public ExchangeEntry {
    subjects = List.copyOf(subjects);
  }

  /** An entry on a question. */
  public static ExchangeEntry of(
      Leg leg,
      UUID requestId,
      Instant time,
      Question question,
      @Nullable String officer,
      @Nullable String legalBasis) {
    return new ExchangeEntry(
        requestId,
        leg,
        time,
        question.from(),
        question.to(),
        question.agency(),
        officer,
        question.purpose(),
        legalBasis,
        question.kind().wireName(),
        question.fields().stream().sorted().toList(),
        null,
        null,
        null,
        List.of(),
        null,
        null);
  }

  /** An entry on a message of a peer that could not be taken as a request. */
  public static ExchangeEntry unreadable(
      UUID requestId, Instant time, String from, String to, String rule) {
    return new ExchangeEntry(
        requestId,
        Leg.REFUSAL,
        time,
        from,
        to,
        null,
        null,
        null,
        null,
        null,
        null,
        "refused",
        rule,
        null,
        List.of(),
        null,
        null);
  }

  /** The same, to the nation that got it, whomever it names. */
  public ExchangeEntry receivedBy(String nation) {
    return new ExchangeEntry(
        requestId,
        leg,
        time,
        from,
        nation,
        agency,
        officer,
        purpose,
        legalBasis,
        lookup,
        fields,
        outcome,
        rule,
        count,
        subjects,
        digest,
        visibleAfter);
  }

  /** The same with an outcome, and the rule where one refused. */
  public ExchangeEntry outcome(String newOutcome, @Nullable String newRule) {
    return new ExchangeEntry(
        requestId,
        leg,
        time,
        from,
        to,
        agency,
        officer,
        purpose,
        legalBasis,
        lookup,
        fields,
        newOutcome,
        newRule,
        count,
        subjects,
        digest,
        visibleAfter);
  }

  /** The same with the digest of the signed message. */
  public ExchangeEntry digest(String newDigest) {
    return new ExchangeEntry(
        requestId,
        leg,
        time,
        from,
        to,
        agency,
        officer,
        purpose,
        legalBasis,
        lookup,
        fields,
        outcome,
        rule,
        count,
        subjects,
        newDigest,
        visibleAfter);
  }

  /**
   * The same with what was disclosed.
   *
   * @param commitments to those whom it is about, in the order of the answer
   */
  public ExchangeEntry disclosed(
      int newCount, List<String> commitments, @Nullable Instant newVisibleAfter) {
    return new ExchangeEntry(
        requestId,
        leg,
        time,
        from,
        to,
        agency,
        officer,
        purpose,
        legalBasis,
        lookup,
        fields,
        outcome,
        rule,
        newCount,
        commitments,
        digest,
        newVisibleAfter);
  }

  /** The entry as it stands in the log: canonical JSON (RFC 8785), absent members left out. */
  public byte[] encode() {
    var members = new TreeMap<String, Object>();
    members.put("version", VERSION);
    members.put("kind", "exchange");
    members.put("request_id", requestId.toString());
    members.put("leg", leg.wireName());
    members.put("time", text(time));
    members.put("from", from);
    members.put("to", to);
    put(members, "agency", agency);
    put(members, "officer", officer);
    put(members, "purpose", purpose);
    put(members, "legal_basis", legalBasis);
    put(members, "lookup", lookup);
    put(members, "fields", fields);
    put(members, "outcome", outcome);
    put(members, "rule", rule);
    put(members, "count", count);
    put(members, "subject", subjects.size() == 1 ? subjects.getFirst() : null);
    put(members, "subjects", subjects.size() > 1 ? subjects : null);
    put(members, "digest", digest);
    put(members, "visible_after", visibleAfter == null ? null : text(visibleAfter));
    return CanonicalJson.write(members);
  }

  private static void put(TreeMap<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
