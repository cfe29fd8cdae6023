package org.mekong.identity.logout;

import com.nimbusds.openid.connect.sdk.BackChannelLogoutRequest;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.journal.Journal;

/**
 * Tells applications of the end of sessions, some of them at a time, until each has said that it
 * knows or has not answered too often. Redirects are not followed, and nothing of an answer but its
 * status is read.
 */
@Singleton
class LogoutSender {
  private static final Logger LOG = Logger.getLogger(LogoutSender.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 20;

  private final Journal journal;
  private final Clients clients;
  private final LogoutTokens tokens;
  private final Clock clock;
  private final HttpClient http;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("logout-notices").factory());

  LogoutSender(
      Journal journal,
      Clients clients,
      LogoutTokens tokens,
      Clock clock,
      TlsConfigurationRegistry tls) {
    this.journal = journal;
    this.clients = clients;
    this.tokens = tokens;
    this.clock = clock;
    this.http = client(tls);
  }

  private static HttpClient client(TlsConfigurationRegistry tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
    Optional<TlsConfiguration> configured = tls.getDefault();
    if (configured.isPresent()) {
      try {
        builder.sslContext(configured.get().createSSLContext());
      } catch (Exception unfit) {
        throw new IllegalStateException("quarkus.tls: makes no TLS client", unfit);
      }
    }
    return builder.build();
  }

  void start(@Observes StartupEvent start) {
    timer.scheduleWithFixedDelay(this::sendQuietly, 1, 1, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
    http.shutdownNow();
  }

  private void sendQuietly() {
    try {
      sendWhatIsDue();
    } catch (RuntimeException failed) {
      LOG.warn("applications could not be told of the end of sessions", failed);
    }
  }

  /** Sends what is due now. */
  void sendWhatIsDue() {
    List<LogoutNotices.Notice> due =
        journal.transact(
            transaction -> LogoutNotices.take(transaction.connection(), clock.instant(), AT_ONCE));
    for (LogoutNotices.Notice notice : due) {
      boolean over = told(notice) || notice.attempts() >= LogoutNotices.MOST_ATTEMPTS;
      if (over) {
        journal.transact(
            transaction -> {
              LogoutNotices.remove(transaction.connection(), notice.id());
              return notice;
            });
      }
    }
  }

  private boolean told(LogoutNotices.Notice notice) {
    Optional<Client> client = find(notice);
    Optional<URI> address = client.flatMap(known -> known.signIn().backchannelLogoutUri());
    if (address.isEmpty()) {
      return true; // nobody wants to know any more
    }
    HttpRequest request =
        HttpRequest.newBuilder(address.get())
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new BackChannelLogoutRequest(address.get(), tokens.sign(client.get(), notice))
                        .toHTTPRequest()
                        .getBody()))
            .build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        LOG.warnf("%s answered %d to the end of a session", notice.clientId(), status);
      }
      return status / 100 == 2;
    } catch (IOException unreachable) {
      LOG.warnf("%s cannot be told of the end of a session", notice.clientId());
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<Client> find(LogoutNotices.Notice notice) {
    return journal.transact(transaction -> find(transaction.connection(), notice.clientId()));
  }

  private Optional<Client> find(java.sql.Connection connection, String id) throws SQLException {
    return clients.find(connection, id);
  }
}
