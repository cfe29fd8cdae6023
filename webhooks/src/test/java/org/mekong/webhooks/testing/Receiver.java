package org.mekong.webhooks.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

/**
 * Somebody's system that receives messages over HTTPS, keeps them as they came, and answers as it
 * is told to. It checks signatures by the words of the specification, with nothing of the service.
 */
public final class Receiver implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> all = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Integer> answer = received -> 204;
  private volatile String location = "";
  private volatile String retryAfter = "";

  /** A message as it came. */
  public record Received(String id, String timestamp, String signatures, String body) {

    /** A member of each object in a list of its body, in order. */
    public List<String> texts(String list, String member) {
      List<String> texts = new ArrayList<>();
      json().at(list).forEach(each -> texts.add(each.path(member).asText()));
      return texts;
    }

    /** The body. */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** How many of its signatures are of a secret, within five minutes from now. */
    public long valid(String secret) {
      return Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300
          ? 0
          : signed(secret);
    }

    /** How many of its signatures are of a secret. */
    public long signed(String secret) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] wanted = mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8));
        long valid = 0;
        for (String signature : signatures.split(" ", -1)) {
          String[] parts = signature.split(",", 2);
          if (parts[0].equals("v1")
              && MessageDigest.isEqual(wanted, Base64.getDecoder().decode(parts[1]))) {
            valid++;
          }
        }
        return valid;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Starts one on a free port, with the certificate of a context. */
  public Receiver(SSLContext context) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  /** Where it is, under a name that its certificate has. */
  public String url() {
    return "https://localhost:" + port() + "/messages";
  }

  /** Its port on the loopback address. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What came, in order. */
  public List<Received> all() {
    return List.copyOf(all);
  }

  /** What it answers from now on; less than nothing for no answer at all. */
  public void answers(Function<Received, Integer> status) {
    answer = status;
  }

  /** What it answers from now on. */
  public void answers(int status) {
    answers(received -> status);
  }

  /** Where it sends on to. */
  public void sendsOnTo(String url) {
    location = url;
  }

  /** What it asks for. */
  public void asksToRetryAfter(String seconds) {
    retryAfter = seconds;
  }

  /** Waits until so many messages came. */
  public List<Received> await(int many) throws InterruptedException {
    for (int i = 0; i < 600 && all.size() < many; i++) {
      Thread.sleep(50);
    }
    if (all.size() < many) {
      throw new AssertionError("Only " + all.size() + " of " + many + " messages came");
    }
    return all();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Received received =
        new Received(
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("webhook-timestamp"),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            body);
    all.add(received);
    int status = answer.apply(received);
    if (status < 0) {
      return; // and leaves the line open
    }
    if (!location.isEmpty()) {
      exchange.getResponseHeaders().set("Location", location);
    }
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
