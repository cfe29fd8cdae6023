package org.mekong.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An HTTPS server on localhost that demands a client certificate. */
final class SecureServer {

  private final HttpHandler handler;
  private final SSLContext context;
  private HttpsServer server;

  SecureServer(SSLContext context, HttpHandler handler) {
    this.context = context;
    this.handler = handler;
    this.server = start(0);
  }

  URI url() {
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  void stop() {
    server.stop(0);
  }

  /** Listens again on the port it had. */
  void restart() {
    server = start(server.getAddress().getPort());
  }

  private HttpsServer start(int port) {
    try {
      HttpsServer started =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      started.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters tls = context.getDefaultSSLParameters();
              tls.setNeedClientAuth(true);
              parameters.setSSLParameters(tls);
            }
          });
      started.createContext("/", handler);
      started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void answer(HttpExchange exchange, int status, String mediaType, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", mediaType);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
