package org.mekong.registry.disclosure;

/**
 * An answer with the trace that it left.
 *
 * @param <T> the answer
 */
public record Disclosed<T>(T answer, Trace trace, String receipt) {

  /**
   * Where in the log the disclosure stands.
   *
   * @param leafHash RFC 6962 hash of the entry, base64
   */
  public record Trace(String origin, long index, String leafHash) {}
}
