package org.mekong.identity.client;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocketFactory;
import org.jboss.logging.Logger;
import org.mekong.identity.NodeConfig;

/**
 * The keys of clients, also of those who keep them at a {@code jwks_uri}: fetched over https
 * without redirects, at most 64 KiB in 3 seconds, remembered for 5 minutes, and fetched again for
 * an unknown kid, though not more often than every 30 seconds. In production nothing is fetched
 * from inside one's own network.
 */
@Singleton
public class RemoteKeys {
  private static final Logger LOG = Logger.getLogger(RemoteKeys.class);
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int LARGEST = 64 * 1024;
  private static final int MOST_SOURCES = 1_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final Duration REFRESH = Duration.ofMillis(200);
  private static final int MOST_AT_ONCE = 2;
  private static final Duration APART = Duration.ofSeconds(30);

  private final boolean production;
  private final Optional<SSLSocketFactory> trust;

  /** Whoever waits for a slow host holds a connection to the database: so few. */
  private final Semaphore fetching = new Semaphore(MOST_AT_ONCE);

  /** The one that was used longest ago goes first. */
  private final Map<URI, JWKSource<SecurityContext>> sources =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, JWKSource<SecurityContext>> eldest) {
          return size() > MOST_SOURCES;
        }
      };

  @Inject
  RemoteKeys(NodeConfig node, TlsConfigurationRegistry tls) {
    this(
        node.production(),
        tls.getDefault().filter(found -> found.getTrustStore() != null).map(RemoteKeys::factory));
  }

  RemoteKeys(boolean production, Optional<SSLSocketFactory> trust) {
    this.production = production;
    this.trust = trust;
  }

  /**
   * The keys of a client that a selector fits; none when they cannot be fetched. It may wait for
   * the network: only for clients with a {@code jwks_uri}.
   */
  public List<JWK> select(Client client, JWKSelector selector) {
    Optional<URI> uri = client.identity().jwksUri();
    if (uri.isEmpty()) {
      return selector.select(client.keys());
    }
    try {
      return source(uri.get()).get(selector, null).stream().filter(ClientKeys::fits).toList();
    } catch (KeySourceException unreachable) {
      LOG.warnf("the keys of %s cannot be fetched", client.id());
      return List.of();
    }
  }

  private JWKSource<SecurityContext> source(URI uri) {
    synchronized (sources) {
      return sources.computeIfAbsent(uri, this::made);
    }
  }

  private JWKSource<SecurityContext> made(URI uri) {
    try {
      return JWKSourceBuilder.create(uri.toURL(), new Guarded())
          .cache(REMEMBERED.toMillis(), REFRESH.toMillis())
          .refreshAheadCache(false)
          .rateLimited(APART.toMillis())
          .build();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException("a registered https URL", impossible);
    }
  }

  private static SSLSocketFactory factory(TlsConfiguration found) {
    try {
      return found.createSSLContext().getSocketFactory();
    } catch (Exception e) {
      throw new IllegalStateException("quarkus.tls.trust-store cannot be used", e);
    }
  }

  /** Fetches, and goes nowhere else. */
  private final class Guarded extends DefaultResourceRetriever {
    Guarded() {
      super(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST, true, trust.orElse(null));
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
      if (!fetching.tryAcquire()) {
        throw new IOException("others are fetched now");
      }
      try {
        return super.retrieveResource(url);
      } finally {
        fetching.release();
      }
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      if (!"https".equals(url.getProtocol()) || (production && isInside(url.getHost()))) {
        throw new IOException("not an address outside");
      }
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }

    private static boolean isInside(String host) throws IOException {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress()) {
          return true;
        }
      }
      return false;
    }
  }
}
