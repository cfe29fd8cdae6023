package org.mekong.gateway.transport;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/** Makes callers from the default TLS configuration ({@code quarkus.tls.*}). */
@ApplicationScoped
public class Callers {

  private final TlsConfigurationRegistry registry;
  private final Vertx vertx;

  @Inject
  public Callers(TlsConfigurationRegistry registry, Vertx vertx) {
    this.registry = registry;
    this.vertx = vertx;
  }

  /**
   * A caller that shows our certificate and talks only to servers which the trust store trusts,
   * whose name fits, and whose certificate has this subject.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public Caller pinnedTo(X500Principal subject) {
    return pinnedTo(Set.of(subject));
  }

  /**
   * A caller that shows our certificate and talks only to servers which the trust store trusts,
   * whose name fits, and whose certificate has one of these subjects.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public Caller pinnedTo(Set<X500Principal> subjects) {
    return new Caller(
        Caller.settings()
            .sslContext(context(trustStore -> new PinnedSubject(trustStore, subjects)))
            .build());
  }

  /**
   * A caller that shows our certificate and talks only to servers which the trust store trusts and
   * whose name fits.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public Caller trusting() {
    return new Caller(client());
  }

  /**
   * A plain client that shows our certificate and talks only to servers which the trust store
   * trusts and whose name fits: for libraries that call by themselves.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  public HttpClient client() {
    return Caller.settings().sslContext(context(trustStore -> trustStore)).build();
  }

  private SSLContext context(UnaryOperator<X509ExtendedTrustManager> pin) {
    TlsConfiguration tls =
        registry
            .getDefault()
            .filter(found -> found.getKeyStoreOptions() != null)
            .filter(found -> found.getTrustStore() != null)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "quarkus.tls.key-store and quarkus.tls.trust-store are needed: this"
                            + " gateway calls by mutual TLS"));
    try {
      KeyManager[] keys = tls.getKeyStoreOptions().getKeyManagerFactory(vertx).getKeyManagers();
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(tls.getTrustStore());
      X509ExtendedTrustManager trustStore =
          Arrays.stream(trust.getTrustManagers())
              .filter(X509ExtendedTrustManager.class::isInstance)
              .map(X509ExtendedTrustManager.class::cast)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("quarkus.tls.trust-store is unusable"));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys, new TrustManager[] {pin.apply(trustStore)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("quarkus.tls.key-store or trust-store is unusable", e);
    } catch (Exception e) {
      throw new IllegalStateException("quarkus.tls.key-store or trust-store cannot be read", e);
    }
  }
}
