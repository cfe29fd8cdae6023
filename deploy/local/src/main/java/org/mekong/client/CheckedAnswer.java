package org.mekong.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * An answer that was checked: every member comes from what the answering country signed, not from
 * the envelope around it.
 *
 * @param answers one for each statement asked; empty for a reading
 * @param person the fields read; absent for statements and where nothing is available
 * @param finding who fits, of a match or a search
 * @param receipt the proof that the answer stands in the answering gateway's log, a C2SP tlog-proof
 *     file
 * @param logEntry where it stands
 * @param envelope the whole answer of our own gateway, for keeping
 */
public record CheckedAnswer(
    String requestId,
    String outcome,
    List<Answer> answers,
    Optional<JsonNode> person,
    Optional<JsonNode> finding,
    String receipt,
    LogEntry logEntry,
    JsonNode envelope) {

  public CheckedAnswer {
    answers = List.copyOf(answers);
  }

  /** {@code yes}, {@code no} or {@code unknown} to one statement. */
  public record Answer(String name, String answer) {}

  /** The place of an entry in a log. */
  public record LogEntry(String origin, long index, long treeSize) {}
}
