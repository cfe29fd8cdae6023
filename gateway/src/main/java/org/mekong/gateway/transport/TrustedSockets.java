package org.mekong.gateway.transport;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Sockets that trust what the default TLS configuration trusts, for libraries with a client. */
@ApplicationScoped
public class TrustedSockets {

  private final TlsConfigurationRegistry registry;

  @Inject
  public TrustedSockets(TlsConfigurationRegistry registry) {
    this.registry = registry;
  }

  /**
   * A factory of such sockets.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public SSLSocketFactory factory() {
    TlsConfiguration tls =
        registry
            .getDefault()
            .filter(found -> found.getTrustStore() != null)
            .orElseThrow(() -> new IllegalStateException("quarkus.tls.trust-store is needed"));
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(tls.getTrustStore());
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("quarkus.tls.trust-store is unusable", e);
    }
  }
}
