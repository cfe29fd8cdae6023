package org.mekong.identity.oauth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is asked of DPoP proofs (RFC 9449). */
@ConfigMapping(prefix = "identity.dpop")
public interface DpopConfig {
  /** Whether a proof must carry a nonce of ours (section 8). */
  @WithDefault("off")
  Nonces nonce();

  /** How long a nonce is good at least; at most twice as long. */
  @WithDefault("PT2M")
  Duration nonceLife();

  /** What is asked of nonces. */
  enum Nonces {
    /** None; one that a proof carries is no matter. */
    OFF,
    /** One that is not older than its life, for any number of proofs. */
    TIMED,
    /** The same, and each for one proof. */
    ONCE
  }
}
