package org.mekong.identity.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mekong.resourceserver.key.JwsKeys;

/**
 * The token of a hardware security module (PKCS#11), by the JDK's own provider. The operator makes
 * key pairs with certificates in it; the service uses them one after the other, and each stays
 * where it is. Ed25519 is not offered by that provider: such keys are kept in the database.
 */
final class Pkcs11Token {
  private static final String CONFIG = "identity.key.pkcs11-config-file: ";
  private static final String PIN = "identity.key.pkcs11-pin-file: ";

  private final Provider provider;
  private final KeyStore store;
  private final char[] pin;

  /** A key pair in the token. */
  record Entry(String alias, JWK publicKey) {}

  private Pkcs11Token(Provider provider, KeyStore store, char[] pin) {
    this.provider = provider;
    this.store = store;
    this.pin = pin;
  }

  /**
   * Opens the configured token; empty when none is configured.
   *
   * @throws IllegalStateException naming the property that is wrong; nothing secret is in it
   */
  static Optional<Pkcs11Token> open(KeyConfig config) {
    if (config.pkcs11ConfigFile().isEmpty()) {
      if (config.pkcs11PinFile().isPresent()) {
        throw new IllegalStateException(CONFIG + "is missing, but a PIN file is given");
      }
      return Optional.empty();
    }
    Path file = config.pkcs11ConfigFile().get();
    Path pinFile =
        config.pkcs11PinFile().orElseThrow(() -> new IllegalStateException(PIN + "is missing"));
    if (!Files.isReadable(file)) {
      throw new IllegalStateException(CONFIG + "cannot be read");
    }
    char[] pin = pin(pinFile);
    Provider plain = Security.getProvider("SunPKCS11");
    if (plain == null) {
      throw new IllegalStateException(CONFIG + "this Java has no SunPKCS11 provider");
    }
    Provider provider;
    try {
      provider = plain.configure(file.toString());
    } catch (InvalidParameterException | ProviderException malformed) {
      throw new IllegalStateException(
          CONFIG + "is not a configuration of SunPKCS11, or its library does not load", malformed);
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      return Optional.of(new Pkcs11Token(provider, store, pin));
    } catch (GeneralSecurityException | IOException refused) {
      throw new IllegalStateException(PIN + "does not open the token", refused);
    }
  }

  private static char[] pin(Path file) {
    try {
      String pin = Files.readString(file).strip();
      if (!pin.isEmpty()) {
        return pin.toCharArray();
      }
    } catch (IOException unreadable) {
      // answered below
    }
    throw new IllegalStateException(PIN + "cannot be read, or is empty");
  }

  /** Whether keys of an algorithm are kept in a token. */
  static boolean holds(JWSAlgorithm algorithm) {
    return !JWSAlgorithm.EdDSA.equals(algorithm);
  }

  /** The key pairs for an algorithm, in the order of their aliases. */
  List<Entry> entries(JWSAlgorithm algorithm) {
    List<Entry> entries = new ArrayList<>();
    try {
      List<String> aliases = Collections.list(store.aliases());
      Collections.sort(aliases);
      for (String alias : aliases) {
        if (store.isKeyEntry(alias)) {
          jwk(store.getCertificate(alias).getPublicKey())
              .filter(key -> JwsKeys.fits(algorithm, key))
              .ifPresent(key -> entries.add(new Entry(alias, key)));
        }
      }
      return entries;
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(CONFIG + "the token cannot be read", failed);
    }
  }

  JWSSigner signer(String alias, JWSAlgorithm algorithm) throws JOSEException {
    try {
      if (!(store.getKey(alias, pin) instanceof PrivateKey key)) {
        throw new IllegalStateException(CONFIG + "the token does not hold the signing key");
      }
      if (JWSAlgorithm.ES256.equals(algorithm)) {
        ECDSASigner signer = new ECDSASigner(key, Curve.P_256);
        signer.getJCAContext().setProvider(provider);
        return signer;
      }
      RSASSASigner signer = new RSASSASigner(key, true);
      signer.getJCAContext().setProvider(provider);
      return signer;
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException(CONFIG + "the token does not give its key", refused);
    }
  }

  private static Optional<JWK> jwk(PublicKey key) {
    try {
      return switch (key) {
        case ECPublicKey ec when Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams())) ->
            Optional.of(
                new ECKey.Builder(Curve.P_256, ec)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint()
                    .build());
        case RSAPublicKey rsa ->
            Optional.of(
                new RSAKey.Builder(rsa)
                    .algorithm(JWSAlgorithm.PS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint()
                    .build());
        default -> Optional.empty();
      };
    } catch (JOSEException unfit) {
      return Optional.empty();
    }
  }
}
