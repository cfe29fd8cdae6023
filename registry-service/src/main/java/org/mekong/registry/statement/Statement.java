package org.mekong.registry.statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.permission.Enquiry;

/**
 * What is stated, before it is signed.
 *
 * @param enquiry who asked, and what for
 * @param subject whom it is about, as {@code by} and {@code commitment}
 * @param findings the members that tell what was found
 * @param trace where the log tells of it
 */
public record Statement(
    Enquiry enquiry,
    Map<String, String> subject,
    Map<String, Object> findings,
    Disclosed.Trace trace) {

  public Statement {
    subject = Map.copyOf(subject);
    findings = Map.copyOf(findings);
  }

  /** A subject by what the asker pointed at them with. */
  public static Map<String, String> subject(Salt salt, String by, String value) {
    return Map.of("by", by, "commitment", salt.commitment(by, value));
  }

  /** The agency that a statement is for, as a URN with its country. */
  public String audience() {
    return "urn:mekong:agency:"
        + enquiry.requester().country()
        + ':'
        + enquiry.requester().agency();
  }

  /** The members besides those that every JWT has. */
  Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("purpose", enquiry.purpose());
    claims.put("request_id", enquiry.requester().requestId());
    claims.put("subject", subject);
    claims.putAll(findings);
    claims.put(
        "log",
        Map.of("origin", trace.origin(), "index", trace.index(), "leaf_hash", trace.leafHash()));
    return claims;
  }

  /** The predicates of a verification as a member. */
  public static Map<String, Object> predicates(List<Map<String, Object>> predicates) {
    return Map.of("predicates", predicates);
  }
}
