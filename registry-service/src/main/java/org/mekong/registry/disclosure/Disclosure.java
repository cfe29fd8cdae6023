package org.mekong.registry.disclosure;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Requester;

/**
 * That somebody's data was asked for.
 *
 * @param subject key of the person who was asked about
 * @param answered whether there was anything to give; a withheld and an unknown person look the
 *     same
 */
record Disclosure(UUID subject, Enquiry enquiry, boolean answered, Instant time) {

  /** The word for the outcome, in table and log entry. */
  String outcome() {
    return answered ? "answered" : "not_available";
  }

  /** The log's entry: who asked, when, why and which fields; about whom only as a commitment. */
  Map<String, Object> entry(String commitment, String nation) {
    Requester requester = enquiry.requester();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("version", 1);
    members.put("kind", "disclosure");
    members.put("request_id", requester.requestId());
    members.put("leg", enquiry.kind().code());
    members.put("time", time.toString());
    members.put("from", requester.country());
    members.put("to", nation);
    members.put("agency", requester.agency());
    members.put("officer", requester.officer());
    members.put("purpose", enquiry.purpose());
    members.put("legal_basis", requester.legalBasis());
    members.put("fields", enquiry.fields());
    members.put("outcome", outcome());
    members.put("count", answered ? 1 : 0);
    members.put("subject", commitment);
    Instant visibleAfter = requester.visibleAfter();
    members.put("visible_after", visibleAfter == null ? null : visibleAfter.toString());
    Map<String, Object> entry = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value != null) {
            entry.put(name, value);
          }
        });
    return entry;
  }
}
