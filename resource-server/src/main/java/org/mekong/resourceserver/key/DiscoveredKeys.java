package org.mekong.resourceserver.key;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys, found by its metadata (RFC 8414) when the first token comes, so that a stopped
 * issuer does not keep a resource server from starting; kept, and fetched anew when a key is
 * unknown.
 */
public final class DiscoveredKeys implements JWKSource<SecurityContext> {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 3_000;
  private static final int LARGEST = 256 * 1024;

  private final URI issuer;
  private final SSLSocketFactory tls;
  private @Nullable JWKSource<SecurityContext> found;

  /**
   * Keys of an issuer.
   *
   * @param tls trusts whoever may stand for the issuer
   */
  public DiscoveredKeys(URI issuer, SSLSocketFactory tls) {
    this.issuer = issuer;
    this.tls = tls;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    return source().get(selector, context);
  }

  private synchronized JWKSource<SecurityContext> source() throws KeySourceException {
    if (found == null) {
      found = discover();
    }
    return found;
  }

  private JWKSource<SecurityContext> discover() throws KeySourceException {
    try {
      AuthorizationServerMetadata metadata =
          AuthorizationServerMetadata.resolve(
              new Issuer(issuer),
              request -> {
                request.setSSLSocketFactory(tls);
                request.setConnectTimeout(CONNECT_MILLIS);
                request.setReadTimeout(READ_MILLIS);
              });
      var retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST, true, tls);
      return JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), retriever)
          .retrying(true)
          .outageTolerant(true)
          .build();
    } catch (GeneralException | IOException e) {
      throw new KeySourceException("the issuer's metadata cannot be read", e);
    }
  }
}
