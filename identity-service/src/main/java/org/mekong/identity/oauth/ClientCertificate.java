package org.mekong.identity.oauth;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The certificate that a caller showed to our own TLS layer (RFC 8705). Never one from a header:
 * TLS must not end in front of this service where certificates count.
 */
public final class ClientCertificate {
  private ClientCertificate() {}

  /** The caller's own certificate, verified by the TLS layer against the trust store. */
  public static Optional<X509Certificate> of(HttpServerRequest request) {
    SSLSession session = request.connection().sslSession();
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? Optional.of(own)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException noneShown) {
      return Optional.empty();
    }
  }
}
