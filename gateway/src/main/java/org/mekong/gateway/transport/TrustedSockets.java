package org.mekong.gateway.transport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.net.ssl.SSLSocketFactory;

/** Sockets that trust what the default TLS configuration trusts, for libraries with a client. */
@ApplicationScoped
public class TrustedSockets {

  private final TlsMaterial tls;

  @Inject
  public TrustedSockets(TlsMaterial tls) {
    this.tls = tls;
  }

  /**
   * A factory of such sockets.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public SSLSocketFactory factory() {
    return tls.anonymous().getSocketFactory();
  }
}
