package org.mekong.identity.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.journal.Journal;

/**
 * Secrets of this node that derive names and nonces by HMAC: made once, kept encrypted in the
 * database, the same in every replica and for as long as the node exists.
 */
@Singleton
public class NodeSecrets {
  /** Names of people and sessions. */
  public static final String PAIRWISE = "pairwise";

  /** Nonces for DPoP proofs. */
  public static final String DPOP_NONCE = "dpop-nonce";

  private static final int BITS = 256;

  private final KeyHolder holder;
  private final Journal journal;
  private final Clock clock;
  private final Map<String, SecretKey> known = new ConcurrentHashMap<>();

  NodeSecrets(KeyHolder holder, Journal journal, Clock clock) {
    this.holder = holder;
    this.journal = journal;
    this.clock = clock;
  }

  /** Finds the secrets before anybody waits for one within a transaction of their own. */
  void start(@Observes StartupEvent start) {
    secret(PAIRWISE);
    secret(DPOP_NONCE);
  }

  /** The secret of a name, for HMAC-SHA256; made when it is asked for first. */
  public SecretKey secret(String name) {
    return known.computeIfAbsent(
        name, absent -> journal.transact(transaction -> find(transaction.connection(), absent)));
  }

  private SecretKey find(Connection connection, String name) throws SQLException {
    OctetSequenceKey stored = read(connection, name);
    if (stored == null) {
      add(connection, name);
      stored = read(connection, name); // ours, or that of a replica which was faster
    }
    return stored.toSecretKey("HmacSHA256");
  }

  private @Nullable OctetSequenceKey read(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT secret_jwe FROM node_secret WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? holder.encryption().decrypt(name, row.getString(1)).toOctetSequenceKey()
            : null;
      }
    }
  }

  private void add(Connection connection, String name) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO node_secret (name, secret_jwe, created_at) VALUES (?, ?, ?)"
                + " ON CONFLICT (name) DO NOTHING")) {
      insert.setString(1, name);
      insert.setString(
          2,
          holder.encryption().encrypt(new OctetSequenceKeyGenerator(BITS).keyID(name).generate()));
      insert.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("a secret cannot be made", impossible);
    }
  }
}
