package org.mekong.registry.disclosure;

import java.util.List;
import java.util.UUID;

/**
 * An answer with the traces that it left.
 *
 * @param <T> the answer
 * @param entries one for each person who was looked at, the one asked about first
 */
public record Disclosed<T>(T answer, List<Entry> entries) {

  public Disclosed {
    entries = List.copyOf(entries);
  }

  /**
   * Where in the log the disclosure stands.
   *
   * @param leafHash RFC 6962 hash of the entry, base64
   */
  public record Trace(String origin, long index, String leafHash) {}

  /**
   * One person's entry.
   *
   * @param subject key of the person; a random one for somebody whom the register does not hold
   * @param receipt proof that the entry stands in the log, as c2sp.org/tlog-proof
   */
  public record Entry(UUID subject, Trace trace, String receipt) {}

  /**
   * A person's entry as whoever was shown the person gets it.
   *
   * @param id key of the person
   */
  public record PersonReceipt(UUID id, Trace disclosure, String receipt) {}

  /** Where the entry of the one asked about stands. */
  public Trace trace() {
    return entries.getFirst().trace();
  }

  /** The proof of that entry. */
  public String receipt() {
    return entries.getFirst().receipt();
  }

  /** The proofs of all persons, for an answer that shows each of them by key. */
  public List<PersonReceipt> receipts() {
    return entries.stream()
        .map(entry -> new PersonReceipt(entry.subject(), entry.trace(), entry.receipt()))
        .toList();
  }
}
