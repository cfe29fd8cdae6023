package org.mekong.log.evidence;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.log.entry.Json;
import org.mekong.log.entry.JsonException;

/**
 * A gateway's answer to its agency as somebody saved it, taken for a proof by mistake: it holds
 * proofs and is none.
 *
 * @param request what the answer is to; {@code <request>} where it does not say so
 */
public record SavedAnswer(String request) {
  private static final Pattern REQUEST = Pattern.compile("[0-9a-f-]{36}");

  /** The answer in a file; empty where the file is something else. */
  public static Optional<SavedAnswer> of(byte[] file) {
    Map<String, @Nullable Object> members;
    try {
      members = Json.object(file);
    } catch (JsonException e) {
      return Optional.empty();
    }
    if (!(members.get("signedAnswer") instanceof String && members.get("receipt") instanceof String)
        || members.containsKey("legs")) {
      return Optional.empty();
    }
    return Optional.of(
        new SavedAnswer(
            members.get("requestId") instanceof String id && REQUEST.matcher(id).matches()
                ? id
                : "<request>"));
  }

  /** What to verify in its place, and where that comes from. */
  public String advice() {
    return """
        this is an answer as the agency got it, which holds proofs and is none. Verify in its place
          %1$s.tlog-proof     its receipt: that the answering country logged it
          %1$s.evidence.json  the whole exchange: both signatures and both countries' logs
        `mekong lookup --save FOLDER` writes both beside the answer. Without them the receipt is the text of
        the answer's member "receipt", and the asking gateway gives the evidence for a day:
        GET /v1/evidence/%1$s"""
        .formatted(request);
  }
}
