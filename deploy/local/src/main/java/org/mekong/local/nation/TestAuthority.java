package org.mekong.local.nation;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.mekong.local.machine.SecretFiles;

/**
 * A certificate authority for one machine's tests. Its key never leaves the memory of the start
 * that made it.
 */
final class TestAuthority {
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X500Name name = new X500Name("CN=Mekong local test authority");
  private final KeyPair keys;
  private final X509Certificate certificate;

  private TestAuthority(Instant now)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    this.keys = newKeys();
    JcaX509v3CertificateBuilder builder = builder(name, keys, now);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    this.certificate = sign(builder);
  }

  /** Makes a new authority. */
  static TestAuthority create(Instant now) throws IOException {
    try {
      return new TestAuthority(now);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("cannot make a test authority: " + e.getMessage(), e);
    }
  }

  /** Writes the authority's certificate, PEM. */
  void writeCertificate(Path file) throws IOException {
    Files.writeString(file, pem(certificate));
  }

  /**
   * Makes a key and a certificate for server and client use on localhost.
   *
   * @param commonName the subject's CN, {@code gateway.vn.mekong.example} for instance
   */
  void issue(String commonName, Path certificateFile, Path keyFile, Instant now)
      throws IOException {
    try {
      KeyPair subject = newKeys();
      JcaX509v3CertificateBuilder builder = builder(new X500Name("CN=" + commonName), subject, now);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.dNSName, commonName),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
              }));
      Files.writeString(certificateFile, pem(sign(builder)));
      SecretFiles.write(keyFile, pkcs8(subject.getPrivate()));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException(
          "cannot make the certificate of " + commonName + ": " + e.getMessage(), e);
    }
  }

  private JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys, Instant now) {
    return new JcaX509v3CertificateBuilder(
        name,
        new BigInteger(127, RANDOM),
        Date.from(now.minus(Duration.ofMinutes(10))),
        Date.from(now.plus(VALIDITY)),
        subject,
        subjectKeys.getPublic());
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String pem(X509Certificate certificate) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(certificate);
    }
    return text.toString();
  }

  private static String pkcs8(PrivateKey key) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(new JcaPKCS8Generator(key, null));
    }
    return text.toString();
  }
}
