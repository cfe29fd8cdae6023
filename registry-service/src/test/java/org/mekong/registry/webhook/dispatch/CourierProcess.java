package org.mekong.registry.webhook.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.mekong.registry.feed.FeedConfig;
import org.mekong.registry.feed.FeedCursors;
import org.mekong.registry.feed.FeedReader;
import org.mekong.registry.feed.FeedWatch;
import org.mekong.registry.webhook.WebhookConfig;
import org.mekong.registry.webhook.Webhooks;
import org.mekong.registry.webhook.delivery.Deliveries;
import org.mekong.webhooks.address.AddressGuard;
import org.mekong.webhooks.post.Post;
import org.mekong.webhooks.secret.SecretSeal;
import org.postgresql.ds.PGSimpleDataSource;

/** Sequences and delivers in a process of its own, which can be killed as a service can. */
final class CourierProcess {

  private CourierProcess() {}

  private record Feed(Duration poll) implements FeedConfig {
    @Override
    public Period retention() {
      return Period.ofDays(90);
    }

    @Override
    public Duration heartbeat() {
      return Duration.ofSeconds(15);
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(10);
    }

    @Override
    public int streams() {
      return 1;
    }

    @Override
    public int streamsOfOne() {
      return 1;
    }
  }

  /** The key that seals secrets here. */
  static SecretSeal seal() {
    return new SecretSeal(new SecretKeySpec(new byte[32], "AES"));
  }

  /** Arguments: JDBC URL, user, password, file of the authority's certificate. */
  public static void main(String[] arguments) throws IOException {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(arguments[0]);
    database.setUser(arguments[1]);
    database.setPassword(arguments[2]);
    Clock clock = Clock.systemUTC();
    WebhookConfig config = new Settings(Duration.ofSeconds(2));
    FeedWatch watch = new FeedWatch(database, new Feed(Duration.ofMillis(20)), clock);
    AddressGuard guard =
        new AddressGuard("allowed", List.of("127.0.0.0/8"), InetAddress::getAllByName);
    Post post =
        new Post(
            Vertx.vertx(),
            Optional.of(new PemTrustOptions().addCertPath(arguments[3])),
            guard,
            config.deadline(),
            config.most());
    Webhooks webhooks = new Webhooks();
    Deliveries deliveries = new Deliveries();
    MeterRegistry metrics = new SimpleMeterRegistry();
    Records records = new Records(database, webhooks, deliveries, metrics, clock);
    Envelopes envelopes =
        new Envelopes(
            new FeedCursors(database),
            seal(),
            JsonMapper.builder().addModule(new JavaTimeModule()).build(),
            clock);
    Courier courier =
        new Courier(
            new Stretches(records, webhooks, deliveries, new FeedReader(database), config),
            records,
            envelopes,
            post,
            config,
            Duration.ofSeconds(2));
    watch.start(new StartupEvent());
    new Dispatch(database, watch, courier).start(new StartupEvent());
    System.out.println("started");
    tell(metrics);
  }

  /** Answers each line with how many messages this process has delivered. */
  private static void tell(MeterRegistry metrics) throws IOException {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (questions.readLine() != null) {
      Counter delivered =
          metrics.find("mekong.webhook.deliveries").tag("outcome", "delivered").counter();
      System.out.println("delivered " + (delivered == null ? 0 : (long) delivered.count()));
    }
  }
}
