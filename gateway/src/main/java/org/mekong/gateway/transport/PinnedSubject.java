package org.mekong.gateway.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * Trusts what the trust store trusts, and of that only servers whose certificate has one subject.
 */
final class PinnedSubject extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager trustStore;
  private final X500Principal subject;

  PinnedSubject(X509ExtendedTrustManager trustStore, X500Principal subject) {
    this.trustStore = trustStore;
    this.subject = subject;
  }

  private void pin(X509Certificate[] chain) throws CertificateException {
    if (!chain[0].getSubjectX500Principal().equals(subject)) {
      throw new CertificateException("the server's certificate is not that of " + subject);
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
