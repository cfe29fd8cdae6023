package org.mekong.identity.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.mekong.identity.NodeConfig;
import org.mekong.log.witness.Watch;
import org.mekong.log.year.KeyFile;
import org.mekong.log.year.LogKeys;
import org.mekong.log.year.YearlyLog;

/** Opens the log that the journal is written into. */
final class LogBeans {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  void measure(@Observes StartupEvent start, YearlyLog log, MeterRegistry metrics) {
    TimeGauge.builder(
            "mekong.log.cosignature.age", log, TimeUnit.SECONDS, YearlyLog::secondsSinceCosigned)
        .description("Age of the newest cosignature of this service's log; NaN where there is none")
        .tag("log", "identity")
        .register(metrics);
    Gauge.builder("mekong.log.notice", log, each -> each.notice().isPresent() ? 1 : 0)
        .description("1 while something keeps the year from turning, or will; else 0")
        .tag("log", "identity")
        .register(metrics);
  }

  @Produces
  @Singleton
  YearlyLog log(
      DataSource database,
      NodeConfig node,
      JournalConfig config,
      WitnessConfig witnesses,
      TlsConfigurationRegistry tls,
      Clock clock) {
    KeyFile keyFile = new KeyFile("identity.log.key-file", config.keyFile(), config.generateKey());
    String prefix = node.nation().toLowerCase(Locale.ROOT) + ".mekong.example/identity/";
    Watch watch =
        Watch.of(
            "identity.witness.policy-file",
            witnesses.policyFile(),
            client(tls),
            witnesses.longestUncosigned());
    return YearlyLog.open(database, new LogKeys(prefix, keyFile), watch, clock);
  }

  void close(@Disposes YearlyLog log) {
    log.close();
  }

  private static HttpClient client(TlsConfigurationRegistry tls) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
    tls.getDefault()
        .filter(found -> found.getTrustStore() != null)
        .map(LogBeans::context)
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
}
