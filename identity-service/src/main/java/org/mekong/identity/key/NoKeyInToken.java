package org.mekong.identity.key;

import com.nimbusds.jose.JWSAlgorithm;

/** The hardware security module holds no key that could be the next one. */
final class NoKeyInToken extends IllegalStateException {
  private static final long serialVersionUID = 1;

  NoKeyInToken(JWSAlgorithm algorithm) {
    super(
        "identity.key.pkcs11-config-file: the token holds no unused key with a certificate for "
            + algorithm.getName()
            + "; make one in it");
  }
}
