package org.mekong.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;

/**
 * The key of a witness: it makes cosignatures of c2sp.org/tlog-cosignature, signature type 0x04.
 * Never the key of a log. Immutable and thread-safe.
 */
public final class Cosigner {
  static final int SIGNATURE_LENGTH = Long.BYTES + Ed25519.SIGNATURE_LENGTH;

  private final SecretKeyText secret;
  private final PrivateKey key;
  private final VerifierKey verifierKey;

  private Cosigner(SecretKeyText secret) {
    this.secret = secret;
    this.key = Ed25519.privateKey(secret.seed());
    this.verifierKey =
        VerifierKey.of(secret.name(), KeyType.COSIGNER, Ed25519.publicKeyOf(secret.seed()));
  }

  /** The cosigner with a given Ed25519 key. */
  public static Cosigner ed25519(String keyName, PrivateKey key) {
    return new Cosigner(new SecretKeyText(keyName, Ed25519.seedOf(key)));
  }

  /** A cosigner with a new random key. */
  public static Cosigner generate(String keyName) {
    return new Cosigner(new SecretKeyText(keyName, Ed25519.newSeed()));
  }

  /** Reads what {@link #encoded} wrote. */
  public static Cosigner parse(String file) throws NoteException {
    return new Cosigner(SecretKeyText.parse(file, KeyType.COSIGNER));
  }

  /** The private key as the one line of a key file. A secret. */
  public String encoded() {
    return secret.encoded(KeyType.COSIGNER);
  }

  public String name() {
    return secret.name();
  }

  /** The public key that verifies what this cosigner signs. */
  public VerifierKey verifierKey() {
    return verifierKey;
  }

  /**
   * States that at {@code time} the checkpoint was the largest consistent one seen of its log.
   *
   * @param checkpointText the text of the checkpoint's note, with extension lines if it has any
   */
  public NoteSignature cosign(String checkpointText, Instant time) {
    long seconds = time.getEpochSecond();
    byte[] signature = Ed25519.sign(key, message(seconds, checkpointText));
    byte[] bytes = ByteBuffer.allocate(SIGNATURE_LENGTH).putLong(seconds).put(signature).array();
    return new NoteSignature(name(), verifierKey.id(), bytes);
  }

  static byte[] message(long seconds, String checkpointText) {
    return ("cosignature/v1\ntime " + seconds + "\n" + checkpointText)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Cosigner[" + verifierKey + "]";
  }
}
