package org.mekong.identity.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key stores with certificates of their own making, by the JDK's keytool. */
public final class TestCertificates {
  /** Password of every key store here. */
  public static final String PASSWORD = "changeit";

  private final Path folder;

  public TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** Makes a key with a certificate, unless it is there. */
  public Path keyStore(String name, String subject) {
    Path file = folder.resolve(name + ".p12");
    if (Files.exists(file)) {
      return file;
    }
    try {
      Files.createDirectories(folder);
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keystore",
                  file.toString(),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-alias",
                  name,
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-validity",
                  "2",
                  "-dname",
                  subject,
                  "-ext",
                  "san=dns:localhost"));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      return file;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }

  /** A store that trusts the certificates of others. */
  public Path trusting(String name, Path... stores) {
    Path file = folder.resolve(name + ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      for (Path store : stores) {
        trust.setCertificateEntry(store.getFileName().toString(), certificate(store));
      }
      trust.store(out, PASSWORD.toCharArray());
      return file;
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The certificate of a key store's one key. */
  public static X509Certificate certificate(Path store) {
    try {
      KeyStore keys = load(store);
      return (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** A TLS client that shows the certificate of a store, or none when null. */
  public static SSLContext client(Path trusted, Path own) {
    try {
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      KeyStore server = KeyStore.getInstance("PKCS12");
      server.load(null, null);
      server.setCertificateEntry("server", certificate(trusted));
      trust.init(server);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      if (own != null) {
        keys.init(load(own), PASSWORD.toCharArray());
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
