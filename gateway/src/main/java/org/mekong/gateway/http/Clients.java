package org.mekong.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Who is at the other end of a connection. */
public final class Clients {

  private Clients() {}

  /** The certificate that the caller showed; the trust store has vouched for it. */
  public static Optional<X509Certificate> certificate(HttpServerRequest request) {
    SSLSession session = request.connection().sslSession();
    try {
      return session != null
              && session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }
}
