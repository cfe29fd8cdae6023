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

  /** How often {@link #keyFile} is looked at for a new key. */
  @WithDefault("PT30S")
  Duration keyReload();

  /** What guards this gateway against a peer that fails or floods. */
  GuardConfig guard();

  /** What guards this gateway against a peer that fails or floods, for each peer and replica. */
  interface GuardConfig {

    /** Most questions that a peer may leave unanswered at once; more are refused with 503. */
    @WithDefault("128")
    int mostUnderWay();

    /** Most questions of a peer that are answered at once; more are refused with 503. */
    @WithDefault("128")
    int mostBeingAnswered();

    /** How many of the last questions the circuit breaker looks at. */
    @WithDefault("20")
    int window();

    /** Share of them that must have failed for the circuit to open. */
    @WithDefault("0.5")
    double failureRatio();

    /** How long a peer is left alone then, before it is tried again. */
    @WithDefault("PT5S")
    Duration pause();

    /** How many trials must succeed for the circuit to close. */
    @WithDefault("2")
    int trials();

    /** A peer that is silent for less than this has not failed: the agency was in a hurry. */
    @WithDefault("PT2S")
    Duration patience();
  }

  /** What is done with messages of peers that are refused. */
  RefusalConfig refusals();

  /** What is done with messages of peers that are refused. */
  interface RefusalConfig {

    /** Most refusals in a minute that are logged one by one, for each peer and replica. */
    @WithDefault("600")
    int mostLoggedPerMinute();
  }
}
