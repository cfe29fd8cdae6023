package org.mekong.identity.oauth;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.ClientIdentity;

/** Whether a certificate is that of a client (RFC 8705 section 2.1). A pure function. */
final class CertificateAuthentication {
  private CertificateAuthentication() {}

  /** The TLS layer has verified the certificate against the trust store; this compares names. */
  static boolean fits(Client client, X509Certificate certificate, Instant now) {
    try {
      certificate.checkValidity(Date.from(now));
    } catch (CertificateExpiredException | CertificateNotYetValidException outside) {
      return false;
    }
    return client.identity().method().equals(ClientIdentity.TLS_CLIENT_AUTH)
        && client.identity().tlsSubject().map(name -> same(name, certificate)).orElse(false);
  }

  private static boolean same(String registered, X509Certificate certificate) {
    try {
      return new X500Principal(registered).equals(certificate.getSubjectX500Principal());
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
