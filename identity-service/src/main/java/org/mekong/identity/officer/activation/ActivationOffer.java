package org.mekong.identity.officer.activation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The secret of one-time codes, shown once.
 *
 * @param secret in base32, to be typed into an authenticator
 * @param uri the same, to be shown to it as a QR code
 */
@Schema(
    example =
        """
        {"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "uri":
         "otpauth://totp/Mekong%20VN:thao.tran?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Mekong%20VN"}
        """)
public record ActivationOffer(String secret, String uri) {
  /** Names nothing of it. */
  @Override
  public String toString() {
    return "ActivationOffer";
  }
}
