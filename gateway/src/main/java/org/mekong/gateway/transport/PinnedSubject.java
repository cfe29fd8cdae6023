package org.mekong.gateway.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * Trusts what the trust store trusts, and of that only servers whose certificate has one of the
 * pinned subjects.
 */
final class PinnedSubject extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager trustStore;
  private final Set<X500Principal> subjects;

  PinnedSubject(X509ExtendedTrustManager trustStore, Set<X500Principal> subjects) {
    this.trustStore = trustStore;
    this.subjects = Set.copyOf(subjects);
  }

  private void pin(X509Certificate[] chain) throws CertificateException {
    if (!subjects.contains(chain[0].getSubjectX500Principal())) {
      throw new CertificateException("the server's certificate is not that of " + subjects);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    trustStore.checkServerTrusted(chain, authType, engine);
    pin(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    trustStore.checkServerTrusted(chain, authType, socket);
    pin(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a connection is needed to check the server's name");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this trust manager is for clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this trust manager is for clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this trust manager is for clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trustStore.getAcceptedIssuers();
  }
}
