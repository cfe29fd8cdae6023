package org.mekong.gateway.transport;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has the server show and trust what {@link TlsMaterial} holds at each handshake. */
@ApplicationScoped
public class ServerCertificate implements HttpServerOptionsCustomizer {

  private final TlsMaterial tls;

  @Inject
  public ServerCertificate(TlsMaterial tls) {
    this.tls = tls;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    if (tls.isComplete()) {
      options.setKeyCertOptions(KeyCertOptions.wrap(tls.keys()));
      options.setTrustOptions(TrustOptions.wrap(tls.trust()));
    }
  }
}
