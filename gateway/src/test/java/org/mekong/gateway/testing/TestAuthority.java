package org.mekong.gateway.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority with certificates for {@code localhost} under any subject. */
public final class TestAuthority {

  private static final char[] PASSWORD = "test".toCharArray();

  private final KeyPair keys = newKeys();
  private final X509Certificate certificate;

  /** A certificate with its private key. */
  public record Identity(X509Certificate certificate, KeyPair keys) {}

  public TestAuthority(String name) {
    certificate = issue(name, keys, true);
  }

  /** A new identity under this authority. */
  public Identity identity(String subject) {
    KeyPair own = newKeys();
    return new Identity(issue(subject, own, false), own);
  }

  /** An SSL context that shows an identity and trusts authorities. */
  public static SSLContext context(Identity identity, TestAuthority... trusted) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(
          "own",
          identity.keys().getPrivate(),
          PASSWORD,
          new X509Certificate[] {identity.certificate()});
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(own, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(insisting(keyManagers), trust(trusted).getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows the identity even where the server asks for one of another authority. */
  private static KeyManager[] insisting(KeyManagerFactory factory) {
    var own = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    return new KeyManager[] {
      new X509ExtendedKeyManager() {
        @Override
        public String chooseEngineClientAlias(
            String[] types, Principal[] issuers, SSLEngine engine) {
          return own.getClientAliases("EC", null)[0];
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
          return own.chooseEngineServerAlias(type, issuers, engine);
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
          return own.getClientAliases(type, issuers);
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
          return own.getClientAliases("EC", null)[0];
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
          return own.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
          return own.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
          return own.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
          return own.getPrivateKey(alias);
        }
      }
    };
  }

  /** An SSL context without an identity that trusts authorities. */
  public static SSLContext anonymousContext(TestAuthority... trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust(trusted).getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes this authority's certificate as PEM. */
  public Path write(Path file) {
    return write(file, certificate);
  }

  /** Writes an identity as PEM: {@code <name>.pem} and {@code <name>.key}. */
  public static void write(Path folder, String name, Identity identity) {
    write(folder.resolve(name + ".pem"), identity.certificate());
    try {
      write(
          folder.resolve(name + ".key"), new JcaPKCS8Generator(identity.keys().getPrivate(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TrustManagerFactory trust(TestAuthority... trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trusted.length; i++) {
      store.setCertificateEntry("authority" + i, trusted[i].certificate);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust;
  }

  private X509Certificate issue(String subject, KeyPair own, boolean authority) {
    try {
      Instant now = Instant.now();
      X500Principal issuer =
          authority ? new X500Principal(subject) : certificate.getSubjectX500Principal();
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(120, new SecureRandom()),
              Date.from(now.minus(Duration.ofMinutes(5))),
              Date.from(now.plus(Duration.ofDays(2))),
              new X500Principal(subject),
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path write(Path file, Object pem) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(pem);
      writer.flush();
      return Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
