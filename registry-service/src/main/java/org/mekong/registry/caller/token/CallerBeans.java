package org.mekong.registry.caller.token;

import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CallerConfig;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.key.DiscoveredKeys;
import org.mekong.resourceserver.key.NativeCryptography;
import org.mekong.resourceserver.sender.SenderVerifier;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.token.AccessTokenVerifier;

/** Makes what tokens and proofs are verified with. */
final class CallerBeans {

  @Produces
  @Singleton
  PostgresSingleUseStore used(DataSource database) {
    return new PostgresSingleUseStore(database);
  }

  @Produces
  @Singleton
  SenderVerifier sender(PostgresSingleUseStore used, Clock clock) {
    return new SenderVerifier(new DpopProofVerifier(used, clock));
  }

  @Produces
  @Singleton
  AccessTokenVerifier tokens(CallerConfig config, TlsConfigurationRegistry tls, Clock clock) {
    NativeCryptography.install();
    KeyStore trust = tls.getDefault().map(found -> found.getTrustStore()).orElse(null);
    return new AccessTokenVerifier(
        config.issuer().toString(),
        config.baseUrl().toString(),
        new DiscoveredKeys(config.issuer(), sockets(trust)),
        clock);
  }

  /** Sockets that trust what the node trusts, or what the machine trusts where nothing is said. */
  private static SSLSocketFactory sockets(@Nullable KeyStore authorities) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("quarkus.tls.trust-store is unusable", e);
    }
  }
}
