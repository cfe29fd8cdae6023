package org.mekong.gateway.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts what the trust store vouches for now. */
final class CurrentTrust extends X509ExtendedTrustManager {

  private volatile @Nullable X509ExtendedTrustManager store;

  boolean isEmpty() {
    return store == null;
  }

  /** Takes over a store; false when it holds the same authorities. */
  synchronized boolean become(X509ExtendedTrustManager trust) {
    X509ExtendedTrustManager before = store;
    store = trust;
    return before == null
        || !new HashSet<>(Arrays.asList(before.getAcceptedIssuers()))
            .equals(new HashSet<>(Arrays.asList(trust.getAcceptedIssuers())));
  }

  private X509ExtendedTrustManager current() {
    return Objects.requireNonNull(store);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    current().checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    current().checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a connection is needed to check the server's name");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    current().checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    current().checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    current().checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return current().getAcceptedIssuers();
  }
}
