package org.mekong.registry.log;

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
import org.mekong.log.commitment.Commitments;
import org.mekong.log.commitment.KeyRenewal;
import org.mekong.log.commitment.MonthKeys;
import org.mekong.log.witness.Watch;
import org.mekong.log.year.KeyFile;
import org.mekong.log.year.LogKeys;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.nation.NationProfile;

/** Opens the log, and makes it and what stands for persons in it injectable. */
final class LogBeans {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  void openAtStart(
      @Observes StartupEvent event, YearlyLog log, KeyRenewal renewal, MeterRegistry metrics) {
    TimeGauge.builder(
            "mekong.log.cosignature.age", log, TimeUnit.SECONDS, YearlyLog::secondsSinceCosigned)
        .description("Age of the newest cosignature of this service's log; NaN where there is none")
        .tag("log", "registry")
        .register(metrics);
    Gauge.builder("mekong.log.notice", log, each -> each.notice().isPresent() ? 1 : 0)
        .description("1 while something keeps the year from turning, or will; else 0")
        .tag("log", "registry")
        .register(metrics);
  }

  @Produces
  @Singleton
  YearlyLog log(
      DataSource database,
      NationProfile profile,
      LogConfig config,
      WitnessConfig witnesses,
      TlsConfigurationRegistry tls,
      Clock clock) {
    String prefix = profile.nation().name().toLowerCase(Locale.ROOT) + ".mekong.example/registry/";
    KeyFile keyFile = new KeyFile("registry.log.key-file", config.keyFile(), config.generateKey());
    Watch watch =
        Watch.of(
            "registry.witness.policy-file",
            witnesses.policyFile(),
            client(tls),
            witnesses.longestUncosigned());
    return YearlyLog.open(database, new LogKeys(prefix, keyFile), watch, clock);
  }

  void close(@Disposes YearlyLog log) {
    log.close();
  }

  @Produces
  @Singleton
  KeyEncryptionKey keyEncryptionKey(LogConfig config) {
    KeyFile file =
        new KeyFile(
            "registry.log.key-encryption-key-file",
            config.keyEncryptionKeyFile(),
            config.generateKey());
    return new KeyEncryptionKey(file.keyEncryptionKey());
  }

  @Produces
  @Singleton
  Commitments commitments(DataSource database, KeyEncryptionKey key, Clock clock) {
    return new Commitments(new MonthKeys(database, key.key(), clock));
  }

  @Produces
  @Singleton
  KeyRenewal renewal(DataSource database, Commitments commitments) {
    return new KeyRenewal(database, commitments);
  }

  void stop(@Disposes KeyRenewal renewal) {
    renewal.close();
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
