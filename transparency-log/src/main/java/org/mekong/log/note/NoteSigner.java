package org.mekong.log.note;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;

/**
 * The key of a log: Ed25519, signature type 0x01. It signs with the security provider that stands
 * first. Immutable and thread-safe.
 */
public final class NoteSigner {
  private final SecretKeyText secret;
  private final PrivateKey key;
  private final VerifierKey verifierKey;

  private NoteSigner(SecretKeyText secret) {
    this.secret = secret;
    this.key = Ed25519.privateKey(secret.seed());
    this.verifierKey =
        VerifierKey.of(secret.name(), KeyType.LOG, Ed25519.publicKeyOf(secret.seed()));
  }

  /**
   * The signer with a given Ed25519 key.
   *
   * @param keyName the origin of the log
   */
  public static NoteSigner ed25519(String keyName, PrivateKey key) {
    return new NoteSigner(new SecretKeyText(keyName, Ed25519.seedOf(key)));
  }

  /** A signer with a new random key. */
  public static NoteSigner generate(String keyName) {
    return new NoteSigner(new SecretKeyText(keyName, Ed25519.newSeed()));
  }

  /** Reads what {@link #encoded} wrote. */
  public static NoteSigner parse(String file) throws NoteException {
    return new NoteSigner(SecretKeyText.parse(file, KeyType.LOG));
  }

  /** The private key as the one line of a key file. A secret. */
  public String encoded() {
    return secret.encoded(KeyType.LOG);
  }

  public String name() {
    return secret.name();
  }

  /** The public key that verifies what this signer signs. */
  public VerifierKey verifierKey() {
    return verifierKey;
  }

  /** Signs the text of a note, which ends in a newline. */
  public NoteSignature sign(String noteText) {
    byte[] signature = Ed25519.sign(key, noteText.getBytes(StandardCharsets.UTF_8));
    return new NoteSignature(name(), verifierKey.id(), signature);
  }

  @Override
  public String toString() {
    return "NoteSigner[" + verifierKey + "]";
  }
}
