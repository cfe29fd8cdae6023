package org.mekong.identity.oauth;

import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.X509Certificate;
import java.util.Map;

/** What a token is bound to: the {@code cnf} of an access token. */
public sealed interface Binding {
  /** The value of {@code cnf}. */
  Map<String, Object> confirmation();

  /**
   * A DPoP key (RFC 9449 section 6).
   *
   * @param thumbprint RFC 7638, SHA-256, base64url
   */
  record ToKey(String thumbprint) implements Binding {
    @Override
    public Map<String, Object> confirmation() {
      return Map.of("jkt", thumbprint);
    }
  }

  /**
   * A certificate (RFC 8705 section 3.1).
   *
   * @param thumbprint SHA-256 of the DER form, base64url
   */
  record ToCertificate(String thumbprint) implements Binding {
    /** The binding to a certificate. */
    public static ToCertificate of(X509Certificate certificate) {
      return new ToCertificate(X509CertUtils.computeSHA256Thumbprint(certificate).toString());
    }

    @Override
    public Map<String, Object> confirmation() {
      return Map.of("x5t#S256", thumbprint);
    }
  }
}
