package org.mekong.gateway.exchange;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** How this gateway exchanges with its peers. */
@ConfigMapping(prefix = "gateway.exchange")
public interface ExchangeConfig {

  /** File with the private key that signs requests and answers: a JWK, P-256, with a key id. */
  Path keyFile();

  /** Whether to make the key file at first start when it is absent; not in production. */
  @WithDefault("false")
  boolean generateKey();

  /** How far a request's time may lie from ours, in both directions. */
  @WithDefault("PT60S")
  Duration freshness();

  /** How long an answer is kept for a repeat of its request; it holds personal data. */
  @WithDefault("PT15M")
  Duration answerRetention();

  /** How long request ids and nonces are kept; far longer than the freshness window. */
  @WithDefault("P7D")
  Duration replayRetention();

  /** How long a request that was taken up keeps a repeat waiting, before the repeat takes over. */
  @WithDefault("PT15S")
  Duration claim();
}
