package org.mekong.benchmarks.register;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Locale;

/** What one ES256 signature costs, made and verified, by the JDK alone and by the provider used. */
final class SignatureRates {

  private static final String ES256 = "SHA256withECDSAinP1363Format";
  private static final int BYTES = 700;

  private SignatureRates() {}

  static void run(int seconds) throws GeneralSecurityException {
    System.out.println();
    System.out.println("| ES256, one thread | made, ms | verified, ms |");
    System.out.println("|---|---|---|");
    row("the JDK alone (SunEC)", Security.getProvider("SunEC"), seconds);
    row("Amazon Corretto Crypto Provider", AmazonCorrettoCryptoProvider.INSTANCE, seconds);
  }

  private static void row(String what, Provider provider, int seconds)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    byte[] message = new byte[BYTES];
    byte[] signed = sign(provider, keys, message);
    Step making = () -> sign(provider, keys, message);
    Step verifying =
        () -> {
          Signature signature = Signature.getInstance(ES256, provider);
          signature.initVerify(keys.getPublic());
          signature.update(message);
          if (!signature.verify(signed)) {
            throw new GeneralSecurityException("a good signature is refused");
          }
        };
    milliseconds(making, seconds / 2.0);
    milliseconds(verifying, seconds / 2.0);
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %.3f | %.3f |",
            what,
            milliseconds(making, seconds),
            milliseconds(verifying, seconds)));
  }

  @FunctionalInterface
  private interface Step {
    void run() throws GeneralSecurityException;
  }

  private static byte[] sign(Provider provider, KeyPair keys, byte[] message)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ES256, provider);
    signature.initSign(keys.getPrivate());
    signature.update(message);
    return signature.sign();
  }

  private static double milliseconds(Step step, double seconds) throws GeneralSecurityException {
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    int count = 0;
    while (System.nanoTime() < end) {
      step.run();
      count++;
    }
    return (System.nanoTime() - begin) / 1e6 / count;
  }
}
