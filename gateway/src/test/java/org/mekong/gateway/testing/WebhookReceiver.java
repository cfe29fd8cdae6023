package org.mekong.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mekong.gateway.json.StrictJson;

/**
 * An agency's system that receives messages, and checks signatures by the words of Standard
 * Webhooks, with nothing of the gateway.
 */
public final class WebhookReceiver implements AutoCloseable {

  private final HttpsServer server;
  private final List<Message> received = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  /** A message as it came. */
  public record Message(String id, String timestamp, String signatures, String body) {

    public JsonNode json() {
      try {
        return StrictJson.mapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** How many of its signatures are by this secret. */
    public long signedBy(String secret) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] wanted =
            mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
        long valid = 0;
        for (String signature : signatures.split(" ", -1)) {
          boolean fits =
              signature.startsWith("v1,")
                  && MessageDigest.isEqual(
                      wanted, Base64.getDecoder().decode(signature.substring(3)));
          valid += fits ? 1 : 0;
        }
        return valid;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public WebhookReceiver(Surroundings around) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(around.receiverContext()));
    server.createContext("/", this::receive);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public String url() {
    return "https://localhost:" + server.getAddress().getPort() + "/lookups";
  }

  /** What it answers from now on. */
  public void answer(int newStatus) {
    status = newStatus;
  }

  public List<Message> received() {
    return received;
  }

  /** Waits for so many messages. */
  public List<Message> await(int count) {
    for (int i = 0; i < 300 && received.size() < count; i++) {
      TestOperations.pause();
    }
    if (received.size() < count) {
      throw new AssertionError("only " + received.size() + " messages came");
    }
    return List.copyOf(received);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Message(
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("webhook-timestamp"),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            body));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
