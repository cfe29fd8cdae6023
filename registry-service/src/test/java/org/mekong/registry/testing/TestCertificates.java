package org.mekong.registry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority for one test run, and files of what it signs. */
public final class TestCertificates {

  /** Password of every key store here. */
  public static final String PASSWORD = "changeit";

  static {
    // Stores of one run: opened at each request, they need no rounds against guessing.
    for (String use : new String[] {"cert", "key"}) {
      System.setProperty("keystore.pkcs12." + use + "PbeIterationCount", "1");
    }
    System.setProperty("keystore.pkcs12.macIterationCount", "1");
  }

  private final Path folder;
  private final KeyPair authority;
  private final X509Certificate root;

  private TestCertificates(Path folder, KeyPair authority, X509Certificate root) {
    this.folder = folder;
    this.authority = authority;
    this.root = root;
  }

  /** Makes an authority and writes {@code ca.pem} and {@code trust.p12}. */
  public static TestCertificates create(Path folder) {
    try {
      Files.createDirectories(folder);
      KeyPair keys = keys();
      X500Name name = new X500Name("CN=Test CA");
      TestCertificates made =
          new TestCertificates(folder, keys, certify(name, keys, name, keys, true));
      made.pem("ca.pem", made.root);
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("ca", made.root);
      made.store("trust.p12", trust);
      return made;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** TLS as the {@code server} that {@link #issue} wrote into a folder. */
  public static SSLContext serverContext(Path folder) {
    return context("TLSv1.3", folder, "server.p12", null);
  }

  /** TLS as the gateway that asks the register, of whatever version. */
  public static SSLContext gatewayContext(Path folder) {
    return context("TLS", folder, "gateway.p12", "trust.p12");
  }

  private static SSLContext context(
      String version, Path folder, String own, @Nullable String trusted) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store(folder.resolve(own)), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance(version);
      if (trusted == null) {
        context.init(keys.getKeyManagers(), null, null);
      } else {
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(folder.resolve(trusted)));
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      }
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return store;
    }
  }

  /** Reads a certificate that {@link #issue} wrote. */
  public static X509Certificate read(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Signs a new key's certificate: writes {@code <file>.pem}, {@code -key.pem} and {@code .p12}.
   */
  public void issue(String file, String subject) {
    try {
      KeyPair keys = keys();
      X509Certificate certificate =
          certify(new X500Name(subject), keys, new X500Name("CN=Test CA"), authority, false);
      pem(file + ".pem", certificate);
      pem(file + "-key.pem", keys.getPrivate());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      PrivateKey key = keys.getPrivate();
      store.setKeyEntry(file, key, PASSWORD.toCharArray(), new Certificate[] {certificate, root});
      store(file + ".p12", store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate certify(
      X500Name subject, KeyPair keys, X500Name issuer, KeyPair signer, boolean authority)
      throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(120, new SecureRandom()),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofDays(1))),
              subject,
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private void pem(String file, Object value) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      if (value instanceof PrivateKey key) {
        writer.writeObject(
            new org.bouncycastle.util.io.pem.PemObject("PRIVATE KEY", key.getEncoded()));
      } else {
        writer.writeObject(value);
      }
    }
    Files.writeString(folder.resolve(file), text.toString());
  }

  private void store(String file, KeyStore store) throws GeneralSecurityException, IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
      store.store(out, PASSWORD.toCharArray());
    }
  }
}
