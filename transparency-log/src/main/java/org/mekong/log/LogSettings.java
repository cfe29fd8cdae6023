package org.mekong.log;

import java.time.Clock;
import java.util.Optional;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.note.VerifierKey;

/**
 * What makes a log this log.
 *
 * @param origin the identity of the log, such as {@code vn.mekong.example/registry/2026}
 * @param key the public key of the log; its name is the origin
 * @param signer the private key; a log without it is read, and takes no entries
 * @param clock tells when the log was sealed
 */
public record LogSettings(
    String origin, VerifierKey key, Optional<NoteSigner> signer, Clock clock) {
  public LogSettings {
    if (!key.name().equals(origin)) {
      throw new IllegalArgumentException("the key is named " + key.name() + ", the log " + origin);
    }
  }

  /** A log that takes entries. */
  public LogSettings(String origin, NoteSigner signer, Clock clock) {
    this(origin, signer.verifierKey(), Optional.of(signer), clock);
  }
}
