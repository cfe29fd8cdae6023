package org.mekong.gateway.quota;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.storage.Transactions;

/**
 * Takes lookups from the quotas that bound them: the agreement's rate of the nation, its daily
 * quota of the agency, and what the client's own registration allows. Each must have room, so the
 * stricter one wins. Safe for many threads and shared by all replicas; in sum never more is given
 * than allowed.
 */
@ApplicationScoped
public class Quotas {

  private static final Logger LOG = Logger.getLogger(Quotas.class);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int DAYS_KEPT = 35;
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private final Transactions transactions;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final Map<DayLedger.Key, DayBudget> days = new ConcurrentHashMap<>();
  private final Map<String, RateBudget> rates = new ConcurrentHashMap<>();
  private final RefusalCounts refusals = new RefusalCounts();

  @Inject
  public Quotas(Transactions transactions, Clock clock, MeterRegistry metrics) {
    this.transactions = transactions;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Takes one lookup from every quota that bounds it, or from none.
   *
   * @param country which is asked
   * @param terms of the agreement that permits it
   * @throws SQLException when the database does not answer: then nothing may be asked
   */
  public Taking take(Asker asker, String purpose, String country, Decision.Allowed terms)
      throws SQLException {
    var taken = new ArrayList<Runnable>();
    for (Bound bound : bounds(asker, purpose, country, terms)) {
      long stamp = bound.budget().take(bound.limit());
      if (stamp == Budget.NONE) {
        taken.forEach(Runnable::run);
        return exhausted(agreed(asker, purpose, country), bound);
      }
      taken.add(() -> bound.budget().untake(stamp));
    }
    return new Taking.Given();
  }

  /**
   * How the quotas stand, as the headers RateLimit-Policy and RateLimit
   * (draft-ietf-httpapi-ratelimit-headers) say it, by name.
   */
  public Map<String, String> headers(
      Asker asker, String purpose, String country, Decision.Allowed terms) {
    List<Bound> bounds = bounds(asker, purpose, country, terms);
    return Map.of(
        "RateLimit-Policy",
        bounds.stream()
            .map(b -> '"' + b.name() + "\";q=" + b.limit() + ";w=" + b.seconds())
            .collect(Collectors.joining(", ")),
        "RateLimit",
        bounds.stream().map(Quotas::remaining).collect(Collectors.joining(", ")));
  }

  private static String remaining(Bound bound) {
    Budget.Standing standing = bound.budget().standing();
    return '"' + bound.name() + "\";r=" + standing.remaining() + ";t=" + standing.reset();
  }

  /** Seconds until it is worth asking again after a peer's quota refused. */
  public long retryAfter(Refusal refusal) {
    long second = Math.floorMod(clock.instant().getEpochSecond(), DAY);
    return refusal.rule().endsWith(Bound.DAILY) ? DAY - second : 1;
  }

  private List<Bound> bounds(Asker asker, String purpose, String country, Decision.Allowed terms) {
    String nations = asker.nation() + " " + country;
    var bounds = new ArrayList<Bound>(4);
    bounds.add(
        new Bound(
            "rate",
            terms.rule() + "/rate",
            terms.ratePerSecond(),
            rate("agreement " + nations + " " + purpose, SECOND)));
    bounds.add(
        new Bound(
            "day",
            terms.rule() + Bound.DAILY,
            terms.dailyQuota(),
            day(agreed(asker, purpose, country))));
    String client = asker.client();
    Integer perMinute = asker.own().perMinute();
    if (client != null && perMinute != null) {
      bounds.add(
          new Bound("client-minute", "client/rate", perMinute, rate("client " + client, MINUTE)));
    }
    Integer perDay = asker.own().perDay();
    if (client != null && perDay != null) {
      var key = new DayLedger.Key(asker.nation(), asker.agency(), client, "", "");
      bounds.add(new Bound("client-day", "client" + Bound.DAILY, perDay, day(key)));
    }
    return bounds;
  }

  private static DayLedger.Key agreed(Asker asker, String purpose, String country) {
    return new DayLedger.Key(asker.nation(), asker.agency(), "", purpose, country);
  }

  private RateBudget rate(String bucket, Duration window) {
    return rates.computeIfAbsent(bucket, key -> new RateBudget(transactions, key, window));
  }

  private DayBudget day(DayLedger.Key key) {
    return days.computeIfAbsent(key, each -> new DayBudget(transactions, each, clock));
  }

  private Taking.Exhausted exhausted(DayLedger.Key key, Bound bound) {
    metrics.counter("mekong.quota.refused", "quota", bound.name()).increment();
    return bound.exhausted(refusals.refused(key, bound.rule()));
  }

  /** Counts refusals in the database, and gives back what has lain unused. */
  @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void relax() throws SQLException {
    relax(IDLE);
  }

  @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void newMinute() throws SQLException {
    refusals.newMinute();
    LocalDate before = today().minusDays(DAYS_KEPT);
    transactions.in(connection -> DayLedger.forget(connection, before));
  }

  @PreDestroy
  void close() {
    try {
      relax(Duration.ZERO);
    } catch (SQLException e) {
      LOG.debug("What was leased and not used is lost", e);
    }
  }

  private void relax(Duration idle) throws SQLException {
    LocalDate today = today();
    for (Map.Entry<DayLedger.Key, Long> counted : refusals.drain().entrySet()) {
      transactions.in(
          connection -> {
            DayLedger.refused(connection, counted.getKey(), today, counted.getValue());
            return true;
          });
    }
    for (Map.Entry<DayLedger.Key, DayBudget> each : days.entrySet()) {
      if (each.getValue().relax(idle)) {
        days.remove(each.getKey());
      }
    }
    rates.values().removeIf(rate -> rate.relax(idle));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
