package org.mekong.gateway.transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.mekong.gateway.transport.TransportException.Fault;

/** Calls one server. Safe for many threads; blocks the calling one, which should be virtual. */
public final class Caller {

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);
  private static final Pattern SERVER_TIME = Pattern.compile("total;dur=([0-9]{1,9})(\\.[0-9]+)?");

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

  private final HttpClient client;

  Caller(HttpClient client) {
    this.client = client;
  }

  /**
   * What the client does between reading and handing over is short: done where it was read, it
   * wakes nobody but the caller.
   */
  static HttpClient.Builder settings() {
    return HttpClient.newBuilder()
        .executor(Runnable::run)
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(LONGEST_CONNECT);
  }

  /**
   * Posts a body and reads the answer whole.
   *
   * @param headers further headers, among them Content-Type
   * @param within time for everything: connecting, sending, waiting, reading
   * @param limit largest answer in bytes
   * @throws TransportException when no whole answer came
   */
  public Reply post(
      URI target, Map<String, String> headers, byte[] body, Duration within, int limit)
      throws TransportException {
    return send(
        HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
        headers,
        within,
        limit);
  }

  /**
   * Gets what is there and reads it whole.
   *
   * @param within time for everything: connecting, sending, waiting, reading
   * @param limit largest answer in bytes
   * @throws TransportException when no whole answer came
   */
  public Reply get(URI target, Map<String, String> headers, Duration within, int limit)
      throws TransportException {
    return send(HttpRequest.newBuilder(target).GET(), headers, within, limit);
  }

  private Reply send(
      HttpRequest.Builder request, Map<String, String> headers, Duration within, int limit)
      throws TransportException {
    if (within.isNegative() || within.isZero()) {
      throw new TransportException(Fault.TIMED_OUT, new TimeoutException("no time left"));
    }
    request.timeout(within);
    headers.forEach(request::header);
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> call =
        client.sendAsync(request.build(), ignored -> new LimitedBody(limit));
    try {
      HttpResponse<byte[]> response = call.get(within.toMillis(), TimeUnit.MILLISECONDS);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      return new Reply(
          response.statusCode(),
          mediaType(response),
          response.body(),
          elapsed,
          serverTime(response, elapsed),
          retryAfter(response));
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new TransportException(Fault.TIMED_OUT, e);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new TransportException(Fault.UNREACHABLE, e);
    } catch (ExecutionException e) {
      throw new TransportException(fault(e.getCause(), within), e.getCause());
    }
  }

  private static Fault fault(Throwable cause, Duration within) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof LimitedBody.TooLarge) {
        return Fault.TOO_LARGE;
      }
      if (t instanceof SSLException && !isBrokenOff(t)) {
        return Fault.UNTRUSTED;
      }
    }
    // Whoever takes no connection for as long as that is not there; a shorter time tells nothing.
    boolean absent =
        cause instanceof HttpConnectTimeoutException && within.compareTo(LONGEST_CONNECT) >= 0;
    return cause instanceof HttpTimeoutException && !absent ? Fault.TIMED_OUT : Fault.UNREACHABLE;
  }

  /**
   * A handshake that the other side did not end says nothing of certificates. The JDK tells of one
   * by a cause that has nothing to do with TLS, or by these words alone.
   */
  private static boolean isBrokenOff(Throwable handshake) {
    String told = handshake.getMessage();
    Throwable cause = handshake.getCause();
    return (cause instanceof IOException && !(cause instanceof SSLException))
        || (told != null && told.startsWith("Remote host "));
  }

  private static String mediaType(HttpResponse<?> response) {
    String value = response.headers().firstValue("Content-Type").orElse("");
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return SECONDS.matcher(seconds).matches()
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }

  private static Duration serverTime(HttpResponse<?> response, Duration elapsed) {
    Matcher matcher =
        SERVER_TIME.matcher(response.headers().firstValue("Server-Timing").orElse(""));
    Duration said =
        matcher.find() ? Duration.ofMillis(Long.parseLong(matcher.group(1))) : Duration.ZERO;
    return said.compareTo(elapsed) > 0 ? elapsed : said;
  }
}
