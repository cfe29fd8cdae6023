package org.mekong.webhooks.post;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.mekong.webhooks.address.AddressGuard;
import org.mekong.webhooks.address.Target;

/**
 * Sends messages. Each has a connection of its own to an address that was judged just before, with
 * the certificate checked for the host's name; redirects are answers like others; of an answer
 * nothing but the status is read. Thread-safe.
 */
public final class Post {

  private static final int CONNECT_MILLIS = 5_000;
  private static final Duration LONGEST_WISH = Duration.ofDays(1);

  private final AddressGuard guard;
  private final HttpClient client;
  private final Duration deadline;

  /**
   * Sends by connections of its own.
   *
   * @param trust these authorities, or those of the machine
   * @param deadline how long a receiver may take for its answer
   * @param atOnce how many connections there are at once at most
   */
  public Post(
      Vertx vertx,
      Optional<TrustOptions> trust,
      AddressGuard guard,
      Duration deadline,
      int atOnce) {
    this.guard = guard;
    this.deadline = deadline;
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setKeepAlive(false)
            .setConnectTimeout(CONNECT_MILLIS)
            .setMaxPoolSize(atOnce);
    trust.ifPresent(options::setTrustOptions);
    this.client = vertx.createHttpClient(options);
  }

  /** Sends a message and waits for the answer until the deadline. */
  public Answer send(String url, Envelope envelope) throws InterruptedException {
    Target target = Target.parse(url).orElse(null);
    if (target == null) {
      return new Answer.Failure("bad-url");
    }
    InetAddress address;
    try {
      address = guard.addresses(target.host()).getFirst();
    } catch (AddressGuard.Refused refused) {
      return new Answer.Failure(
          switch (refused.rule()) {
            case UNKNOWN_HOST -> "unknown-host";
            case PRIVATE_ADDRESS -> "private-address";
          });
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
            .setHost(target.host())
            .setPort(target.port())
            .setURI(target.path())
            .setSsl(true)
            .setFollowRedirects(false);
    envelope.headers().forEach(options::putHeader);
    return await(options, envelope.body());
  }

  private Answer await(RequestOptions options, byte[] body) throws InterruptedException {
    AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
    CompletableFuture<HttpClientResponse> answer =
        client
            .request(options)
            .compose(
                request -> {
                  sent.set(request);
                  return request.send(Buffer.buffer(body));
                })
            .toCompletionStage()
            .toCompletableFuture();
    try {
      HttpClientResponse response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer.Status(response.statusCode(), seconds(response.getHeader("Retry-After")));
    } catch (TimeoutException e) {
      return new Answer.Failure("timeout");
    } catch (ExecutionException e) {
      return new Answer.Failure(e.getCause() instanceof SSLException ? "tls" : "unreachable");
    } finally {
      HttpClientRequest request = sent.get();
      if (request != null) {
        request.connection().close();
      } else {
        answer.whenComplete(
            (late, failure) -> {
              HttpClientRequest begun = sent.get();
              if (begun != null) {
                begun.connection().close();
              }
            });
      }
    }
  }

  private static Duration seconds(@Nullable String header) {
    return header != null && header.matches("[0-9]{1,6}")
        ? min(Duration.ofSeconds(Long.parseLong(header)))
        : Duration.ZERO;
  }

  private static Duration min(Duration wish) {
    return wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH;
  }
}
