package org.mekong.log;

import java.time.Clock;
import org.mekong.log.note.NoteSigner;

/**
 * What makes a log this log.
 *
 * @param origin the identity of the log, such as {@code vn.mekong.example/registry/2026}
 * @param signer the log's key; its name is the origin
 * @param clock tells when the log was sealed
 */
public record LogSettings(String origin, NoteSigner signer, Clock clock) {
  public LogSettings {
    if (!signer.name().equals(origin)) {
      throw new IllegalArgumentException(
          "the key is named " + signer.name() + ", the log " + origin);
    }
  }
}
