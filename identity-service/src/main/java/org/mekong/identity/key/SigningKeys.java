package org.mekong.identity.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/** The signing keys of this issuer. The first start makes one; every other start finds it. */
@Startup
@Singleton
public class SigningKeys {
  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final long FIRST_KEY_LOCK = 0x6d656b6f6e67L;

  private final KeyEncryption encryption;
  private final Clock clock;
  private final Keys keys;

  private record Keys(ECKey current, JWKSet published) {}

  SigningKeys(KeyConfig config, Journal journal, Clock clock) {
    this.encryption = KeyEncryption.read(config.encryptionKeyFile());
    this.clock = clock;
    this.keys = journal.transact(this::load);
  }

  /** The key that signs now, with its private half. */
  public ECKey current() {
    return keys.current();
  }

  /** The public keys that verify what was signed. */
  public JWKSet published() {
    return keys.published();
  }

  @Produces
  @Singleton
  JWKSource<SecurityContext> source() {
    return new ImmutableJWKSet<>(keys.published());
  }

  private Keys load(Transaction transaction) throws SQLException {
    try (PreparedStatement lock =
        transaction.connection().prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, FIRST_KEY_LOCK); // replicas that start together make one key
      lock.execute();
    }
    ECKey current = find(transaction);
    if (current == null) {
      current = make(transaction);
    }
    return new Keys(current, new JWKSet(published(transaction)));
  }

  private @Nullable ECKey find(Transaction transaction) throws SQLException {
    try (PreparedStatement select =
            transaction
                .connection()
                .prepareStatement(
                    "SELECT kid, private_jwe FROM signing_key"
                        + " WHERE status = 'current' AND algorithm = 'ES256'");
        ResultSet row = select.executeQuery()) {
      return row.next() ? encryption.decrypt(row.getString(1), row.getString(2)).toECKey() : null;
    }
  }

  private ECKey make(Transaction transaction) throws SQLException {
    ECKey key;
    try {
      key =
          new ECKeyGenerator(Curve.P_256)
              .algorithm(JWSAlgorithm.ES256)
              .keyUse(KeyUse.SIGNATURE)
              .keyIDFromThumbprint(true)
              .generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("a P-256 key cannot be made", impossible);
    }
    try (PreparedStatement insert =
        transaction
            .connection()
            .prepareStatement(
                "INSERT INTO signing_key"
                    + " (kid, algorithm, public_jwk, private_jwe, status, created_at)"
                    + " VALUES (?, 'ES256', ?::jsonb, ?, 'current', ?)")) {
      insert.setString(1, key.getKeyID());
      insert.setString(2, key.toPublicJWK().toJSONString());
      insert.setString(3, encryption.encrypt(key));
      insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
    transaction.record(
        JournalEntry.ofAdministration(RequestId.next(clock), clock.instant(), "signing_key_made")
            .with("key", key.getKeyID()));
    LOG.infof("made the signing key %s", key.getKeyID());
    return key;
  }

  private static List<JWK> published(Transaction transaction) throws SQLException {
    List<JWK> published = new ArrayList<>();
    try (PreparedStatement select =
            transaction
                .connection()
                .prepareStatement(
                    "SELECT public_jwk FROM signing_key WHERE status <> 'retired'"
                        + " ORDER BY created_at DESC");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        published.add(JWK.parse(rows.getString(1)).toPublicJWK());
      }
      return published;
    } catch (ParseException damaged) {
      throw new IllegalStateException("a stored public key is damaged", damaged);
    }
  }
}
