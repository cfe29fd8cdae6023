package org.mekong.gateway.exchange;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import org.jboss.logging.Logger;

/** The key that signs what this gateway sends to its peers. */
@ApplicationScoped
public class ExchangeKey {

  private static final Logger LOG = Logger.getLogger(ExchangeKey.class);

  private final ECKey key;

  /**
   * Reads the key, or makes it where that is allowed.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  @Inject
  public ExchangeKey(ExchangeConfig config) {
    Path file = config.keyFile();
    try {
      if (config.generateKey() && Files.notExists(file)) {
        generate(file);
      }
      ECKey read = ECKey.parse(Files.readString(file));
      if (!read.isPrivate() || !Curve.P_256.equals(read.getCurve()) || read.getKeyID() == null) {
        throw new IllegalStateException(
            "gateway.exchange.key-file: " + file + " is not a private P-256 JWK with a key id");
      }
      this.key = read;
      LOG.infof("Exchange key %s", key.getKeyID());
    } catch (IOException e) {
      throw new IllegalStateException(
          "gateway.exchange.key-file: cannot read or write " + file + " (" + e + ")", e);
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("gateway.exchange.key-file: " + file + " is no JWK", e);
    }
  }

  /** The private key. */
  public ECKey key() {
    return key;
  }

  /** The public part, for peers to pin. */
  public ECKey publicKey() {
    return key.toPublicJWK();
  }

  private static void generate(Path file) throws IOException, JOSEException {
    ECKey made = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, made.toJSONString(), StandardOpenOption.TRUNCATE_EXISTING);
    LOG.infof("Made a new exchange key in %s", file);
  }
}
