package org.mekong.gateway.transport;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jboss.logging.Logger;

/**
 * Our certificate and the authorities we trust, for whoever calls from here and for the server:
 * those of the default TLS configuration ({@code quarkus.tls.*}). Its files are read again every
 * {@code gateway.tls.reload}, and every later handshake uses what they hold then; what cannot be
 * used changes nothing. The server keeps its sockets meanwhile: {@code quarkus.tls.reload-period}
 * would put new options in their place, and connections that come in that moment break. Safe for
 * many threads.
 */
@ApplicationScoped
public class TlsMaterial {

  private static final Logger LOG = Logger.getLogger(TlsMaterial.class);

  private final TlsConfigurationRegistry registry;
  private final Vertx vertx;
  private final CurrentKeys keys = new CurrentKeys();
  private final CurrentTrust trust = new CurrentTrust();
  private final Map<SSLContext, Boolean> contexts =
      Collections.synchronizedMap(new WeakHashMap<>());

  @Inject
  public TlsMaterial(TlsConfigurationRegistry registry, Vertx vertx) {
    this.registry = registry;
    this.vertx = vertx;
  }

  /**
   * TLS that shows our certificate.
   *
   * @param pin narrows whom we trust
   * @throws IllegalStateException naming the property that is missing
   */
  SSLContext mutual(UnaryOperator<X509ExtendedTrustManager> pin) {
    return context(new KeyManager[] {keys()}, pin.apply(trust()));
  }

  /**
   * TLS that shows nothing.
   *
   * @throws IllegalStateException naming the property that is missing
   */
  SSLContext anonymous() {
    return context(null, trust());
  }

  private SSLContext context(KeyManager[] shown, X509ExtendedTrustManager trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(shown, new TrustManager[] {trusted}, null);
      contexts.put(context, true);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("quarkus.tls.key-store or trust-store is unusable", e);
    }
  }

  /** Our certificate, as it is at each handshake. */
  X509ExtendedKeyManager keys() {
    if (keys.isEmpty()) {
      keys.become(keyManager(configuration()));
    }
    return keys;
  }

  /** Whom we trust, as it is at each handshake. */
  X509ExtendedTrustManager trust() {
    if (trust.isEmpty()) {
      trust.become(trustManager(configuration()));
    }
    return trust;
  }

  /** Whether there is anything to show and anybody to trust. */
  boolean isComplete() {
    return registry
        .getDefault()
        .filter(tls -> tls.getKeyStoreOptions() != null && tls.getTrustStore() != null)
        .isPresent();
  }

  /** Reads the files again, and forgets sessions that stand on what was before. */
  @Scheduled(
      every = "${gateway.tls.reload:30s}",
      delayed = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void reload() {
    try {
      TlsConfiguration tls = configuration();
      if (!isComplete() || !tls.reload()) {
        return;
      }
      boolean newKeys = keys.become(keyManager(tls));
      boolean newTrust = trust.become(trustManager(tls));
      if (newKeys || newTrust) {
        List.copyOf(contexts.keySet()).forEach(TlsMaterial::forgetSessions);
        LOG.info("Certificates were read again; connections use them from now on");
      }
    } catch (IllegalStateException e) {
      LOG.errorf("Certificates stay as they were: %s", e.getMessage());
    }
  }

  private static void forgetSessions(SSLContext context) {
    SSLSessionContext sessions = context.getClientSessionContext();
    for (byte[] id : Collections.list(sessions.getIds())) {
      SSLSession session = sessions.getSession(id);
      if (session != null) {
        session.invalidate();
      }
    }
  }

  private TlsConfiguration configuration() {
    return registry
        .getDefault()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "quarkus.tls.key-store and quarkus.tls.trust-store are needed: this gateway"
                        + " calls by mutual TLS"));
  }

  private X509ExtendedKeyManager keyManager(TlsConfiguration tls) {
    KeyCertOptions options = tls.getKeyStoreOptions();
    if (options == null) {
      throw new IllegalStateException("quarkus.tls.key-store is needed");
    }
    try {
      return Arrays.stream(options.getKeyManagerFactory(vertx).getKeyManagers())
          .filter(X509ExtendedKeyManager.class::isInstance)
          .map(X509ExtendedKeyManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("quarkus.tls.key-store is unusable"));
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("quarkus.tls.key-store cannot be read", e);
    }
  }

  private static X509ExtendedTrustManager trustManager(TlsConfiguration tls) {
    KeyStore store = tls.getTrustStore();
    if (store == null) {
      throw new IllegalStateException("quarkus.tls.trust-store is needed");
    }
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("quarkus.tls.trust-store is unusable"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("quarkus.tls.trust-store is unusable", e);
    }
  }
}
