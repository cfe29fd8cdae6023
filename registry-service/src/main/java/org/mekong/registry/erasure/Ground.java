package org.mekong.registry.erasure;

import java.util.Arrays;
import java.util.Optional;

/** Why a person's links to the log may be erased. */
enum Ground {
  /** All that was given out about them is older than it has to be kept. */
  RETENTION_OVER("retention-over"),

  /** A court or the authority for data protection has ordered it. */
  ORDERED("ordered");

  private final String code;

  Ground(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }

  static Optional<Ground> of(String code) {
    return Arrays.stream(values()).filter(ground -> ground.code.equals(code)).findFirst();
  }
}
