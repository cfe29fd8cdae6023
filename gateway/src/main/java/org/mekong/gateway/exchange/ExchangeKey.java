package org.mekong.gateway.exchange;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.mekong.gateway.message.MessageRefused;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.storage.Transactions;

/**
 * The key that signs what this gateway sends to its peers. When its file holds another one, that
 * signs from then on, without a restart; what the earlier ones have signed is still known as ours.
 */
@ApplicationScoped
public class ExchangeKey {

  private static final Logger LOG = Logger.getLogger(ExchangeKey.class);

  private final Path file;
  private final Transactions transactions;
  private final Clock clock;
  private volatile ECKey key;
  private volatile JWKSet all;

  /**
   * Reads the key, or makes it where that is allowed.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  @Inject
  public ExchangeKey(ExchangeConfig config, Transactions transactions, Clock clock) {
    this.file = config.keyFile();
    this.transactions = transactions;
    this.clock = clock;
    try {
      if (config.generateKey() && Files.notExists(file)) {
        generate(file);
      }
      this.key = read(file);
      this.all = transactions.in(connection -> SigningKeys.add(connection, key, clock.instant()));
      LOG.infof("Exchange key %s", key.getKeyID());
    } catch (IOException e) {
      throw new IllegalStateException(
          "gateway.exchange.key-file: cannot read or write " + file + " (" + e + ")", e);
    } catch (JOSEException e) {
      throw new IllegalStateException("gateway.exchange.key-file: no key can be made", e);
    } catch (SQLException e) {
      throw new IllegalStateException("the exchange key cannot be noted in the database", e);
    }
  }

  /** The private key that signs now. */
  public ECKey key() {
    return key;
  }

  /** The public part, for peers to pin. */
  public ECKey publicKey() {
    return key.toPublicJWK();
  }

  /** The public parts of this key and of those before it, of all replicas. */
  public JWKSet all() {
    return all;
  }

  /**
   * Reads what this gateway has signed itself, with whichever key, on whichever replica.
   *
   * @throws MessageRefused when it has not
   */
  public <T> SignedMessage<T> own(String compact, String type, Class<T> payloadType)
      throws MessageRefused {
    try {
      return SignedMessage.verify(compact, all, type, payloadType);
    } catch (MessageRefused e) {
      reload(); // another replica may be ahead
      return SignedMessage.verify(compact, all, type, payloadType);
    }
  }

  /** Looks whether the file holds another key; one that cannot be used changes nothing. */
  @Scheduled(
      every = "${gateway.exchange.key-reload:PT30S}",
      delayed = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void reload() {
    try {
      ECKey found = read(file);
      // Noted before anything is signed with it.
      all = transactions.in(connection -> SigningKeys.add(connection, found, clock.instant()));
      if (!found.getKeyID().equals(key.getKeyID())) {
        LOG.infof("Exchange key %s follows %s", found.getKeyID(), key.getKeyID());
        key = found;
      }
    } catch (IOException | IllegalStateException | SQLException e) {
      LOG.errorf("The exchange key stays %s: %s", key.getKeyID(), e.getMessage());
    }
  }

  private static ECKey read(Path file) throws IOException {
    try {
      ECKey read = ECKey.parse(Files.readString(file));
      if (!read.isPrivate() || !Curve.P_256.equals(read.getCurve()) || read.getKeyID() == null) {
        throw new IllegalStateException(
            "gateway.exchange.key-file: " + file + " is not a private P-256 JWK with a key id");
      }
      return read;
    } catch (ParseException e) {
      throw new IllegalStateException("gateway.exchange.key-file: " + file + " is no JWK", e);
    }
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
