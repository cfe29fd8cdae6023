package org.mekong.registry.statement.key;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.ECKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.log.KeyEncryptionKey;

/**
 * The keys as they are stored. A secret is a JWE of its JWK (RFC 7517 section 7) under a key that
 * is derived from the register's key-encryption key; its header names the key id, so that secrets
 * cannot be swapped between rows unnoticed.
 */
@Singleton
class KeyTable {

  private static final long LOCK = 0x6d6b73746d74L;
  private static final String READ =
      "select kid, public_jwk, private_jwe, created_at, signs_from, withdrawn_at"
          + " from statement_key";
  private static final String INSERT =
      "insert into statement_key (kid, public_jwk, private_jwe, created_at, signs_from)"
          + " values (?, ?, ?, ?, ?)";
  private static final String WITHDRAW =
      "update statement_key set withdrawn_at = ?, private_jwe = null where kid = ?";
  private static final String FORGET = "update statement_key set private_jwe = null where kid = ?";

  private final SecretKey sealing;

  KeyTable(KeyEncryptionKey keyEncryptionKey) {
    this.sealing = keyEncryptionKey.derive("statement keys");
  }

  /** Keeps other replicas from changing keys until the transaction ends. */
  void lock(Connection transaction) throws SQLException {
    try (PreparedStatement lock = transaction.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }

  KeyRing read(Connection connection) throws SQLException {
    List<StatementKey> keys = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(READ);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String kid = row.getString(1);
        @Nullable String secret = row.getString(3);
        keys.add(
            new StatementKey(
                ECKey.parse(row.getString(2)),
                secret == null ? Optional.empty() : Optional.of(open(kid, secret)),
                instant(row.getObject(4, OffsetDateTime.class)),
                instant(row.getObject(5, OffsetDateTime.class)),
                row.getObject(6) == null ? null : instant(row.getObject(6, OffsetDateTime.class))));
      }
    } catch (ParseException e) {
      throw new IllegalStateException("a stored statement key is damaged", e);
    }
    return new KeyRing(keys);
  }

  void insert(Connection transaction, StatementKey key) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      insert.setString(1, key.kid());
      insert.setString(2, key.shown().toJSONString());
      insert.setString(3, seal(key.secret().orElseThrow()));
      insert.setObject(4, key.createdAt().atOffset(ZoneOffset.UTC));
      insert.setObject(5, key.signsFrom().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Marks a key as not to be trusted, and forgets its secret. */
  void withdraw(Connection transaction, String kid, Instant now) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(WITHDRAW)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setString(2, kid);
      update.executeUpdate();
    }
  }

  /** Nobody can sign with it any more, not even from a copy of the database of later. */
  void forgetSecret(Connection transaction, String kid) throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(FORGET)) {
      update.setString(1, kid);
      update.executeUpdate();
    }
  }

  private String seal(ECKey key) {
    try {
      JWEObject jwe =
          new JWEObject(
              new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                  .contentType("jwk+json")
                  .keyID(key.getKeyID())
                  .build(),
              new Payload(key.toJSONObject()));
      jwe.encrypt(new DirectEncrypter(sealing));
      return jwe.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("a statement key cannot be encrypted", e);
    }
  }

  private ECKey open(String kid, String sealed) {
    try {
      JWEObject jwe = JWEObject.parse(sealed);
      jwe.decrypt(new DirectDecrypter(sealing));
      ECKey key = ECKey.parse(jwe.getPayload().toJSONObject());
      if (!kid.equals(jwe.getHeader().getKeyID()) || !kid.equals(key.getKeyID())) {
        throw new IllegalStateException("the stored statement key is another one");
      }
      return key;
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException(
          "registry.log.key-encryption-key-file: does not open the stored statement key", e);
    }
  }

  private static Instant instant(OffsetDateTime time) {
    return time.toInstant();
  }
}
