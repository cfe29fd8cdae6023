package org.mekong.identity.witness;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;
import org.mekong.identity.journal.Journal;
import org.mekong.log.witness.LogKeeper;
import org.mekong.log.witness.LogKeeper.Standing;

/** The keeper of the journal's log. */
@Startup
@Singleton
public class LogWatch {
  private static final Logger LOG = Logger.getLogger(LogWatch.class);
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final LogKeeper keeper;

  LogWatch(
      Journal journal,
      WitnessConfig config,
      TlsConfigurationRegistry tls,
      Clock clock,
      MeterRegistry metrics) {
    try {
      keeper =
          LogKeeper.of(
              journal.log(),
              config.policyFile(),
              client(tls),
              config.longestUncosigned(),
              clock,
              LogWatch::tell);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("identity.witness.policy-file: " + e.getMessage(), e);
    }
    TimeGauge.builder(
            "mekong.log.cosignature.age", keeper, TimeUnit.SECONDS, LogKeeper::secondsSinceCosigned)
        .description("Age of the newest cosignature of this service's log; NaN where there is none")
        .tag("log", "identity")
        .register(metrics);
  }

  @PostConstruct
  void start() {
    keeper.start();
  }

  @PreDestroy
  void stop() {
    keeper.close();
  }

  /** How the log stands with its witnesses. */
  public Standing standing() {
    return keeper.standing();
  }

  private static HttpClient client(TlsConfigurationRegistry tls) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
    tls.getDefault()
        .filter(found -> found.getTrustStore() != null)
        .map(LogWatch::context)
        .ifPresent(client::sslContext);
    return client.build();
  }

  private static SSLContext context(TlsConfiguration found) {
    try {
      return found.createSSLContext();
    } catch (Exception e) {
      throw new IllegalStateException("quarkus.tls.trust-store cannot be used", e);
    }
  }

  private static void tell(Standing standing) {
    if (standing.mayServeAbroad()) {
      LOG.infof("The log stands with its witnesses: %s", standing);
    } else {
      LOG.warnf("The log waits for its witnesses: %s", standing);
    }
  }
}
