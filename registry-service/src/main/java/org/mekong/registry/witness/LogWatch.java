package org.mekong.registry.witness;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.log.TransparencyLog;
import org.mekong.log.witness.LogKeeper;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.registry.disclosure.BorderRule;
import org.mekong.registry.disclosure.RegistryLog;
import org.mekong.registry.nation.NationProfile;

/** The keeper of this year's log; when the year turns, the new log gets one of its own. */
@Singleton
public class LogWatch implements BorderRule {

  private static final Logger LOG = Logger.getLogger(LogWatch.class);
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final RegistryLog logs;
  private final WitnessConfig config;
  private final TlsConfigurationRegistry tls;
  private final NationProfile profile;
  private final Clock clock;
  private @Nullable Kept kept;

  private record Kept(TransparencyLog log, LogKeeper keeper) {}

  LogWatch(
      RegistryLog logs,
      WitnessConfig config,
      TlsConfigurationRegistry tls,
      NationProfile profile,
      Clock clock,
      MeterRegistry metrics) {
    this.logs = logs;
    this.config = config;
    this.tls = tls;
    this.profile = profile;
    this.clock = clock;
    TimeGauge.builder(
            "mekong.log.cosignature.age",
            this,
            TimeUnit.SECONDS,
            watch -> watch.keeper().secondsSinceCosigned())
        .description("Age of the newest cosignature of this service's log; NaN where there is none")
        .tag("log", "registry")
        .register(metrics);
  }

  void start(@Observes StartupEvent event) {
    LOG.infof("The log stands with its witnesses: %s", keeper().standing().word());
  }

  synchronized void stop(@Observes ShutdownEvent event) {
    if (kept != null) {
      kept.keeper.close();
    }
  }

  /** How this year's log stands with its witnesses. */
  public Standing standing() {
    return keeper().standing();
  }

  @Override
  public boolean mayServe(String country) {
    return country.equals(profile.nation().name()) || standing().mayServeAbroad();
  }

  private synchronized LogKeeper keeper() {
    TransparencyLog current = logs.current();
    if (kept == null || kept.log != current) {
      if (kept != null) {
        kept.keeper.close();
      }
      kept = new Kept(current, newKeeper(current));
      kept.keeper.start();
    }
    return kept.keeper;
  }

  private LogKeeper newKeeper(TransparencyLog log) {
    try {
      return LogKeeper.of(
          log, config.policyFile(), client(), config.longestUncosigned(), clock, LogWatch::tell);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("registry.witness.policy-file: " + e.getMessage(), e);
    }
  }

  private HttpClient client() {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
    tls.getDefault()
        .filter(found -> found.getTrustStore() != null)
        .map(LogWatch::context)
        .ifPresent(client::sslContext);
    return client.build();
  }

  private static javax.net.ssl.SSLContext context(TlsConfiguration found) {
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
      LOG.warnf("Answers abroad wait for the log's witnesses: %s", standing);
    }
  }
}
