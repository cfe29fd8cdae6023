package org.mekong.registry.statement;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CallerConfig;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.statement.key.StatementKeys;

/** Signs statements: compact JWS (RFC 7515) with ES256, the claims those of a JWT (RFC 7519). */
@Singleton
public class Statements {

  /** The {@code typ}, so that no other token passes for a statement. */
  public static final String TYPE = "mekong-statement+jwt";

  private static final Logger LOG = Logger.getLogger(Statements.class);

  private final StatementKeys keys;
  private final StatementConfig config;
  private final String issuer;
  private final Clock clock;
  private final RandomGenerator random = new SecureRandom();
  private volatile @Nullable Pen pen;

  Statements(StatementKeys keys, StatementConfig config, CallerConfig callers, Clock clock) {
    this.keys = keys;
    this.config = config;
    this.issuer = callers.baseUrl().toString();
    this.clock = clock;
  }

  private record Pen(JWSHeader header, JWSSigner signer) {

    static Pen of(ECKey key) {
      try {
        return new Pen(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(TYPE))
                .keyID(key.getKeyID())
                .build(),
            new ECDSASigner(key));
      } catch (JOSEException e) {
        throw new IllegalStateException("a stored statement key does not sign", e);
      }
    }
  }

  /** Signs what is stated. */
  @FunctionalInterface
  public interface Signer {

    /** The compact JWS. */
    String sign(Statement statement);
  }

  /**
   * Takes the key in hand. To be called before anything is read, so that what cannot be signed is
   * not looked at.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 when there is no key
   */
  public Signer signer() {
    try {
      ECKey key = keys.signing();
      Pen known = pen;
      if (known == null || !key.getKeyID().equals(known.header.getKeyID())) {
        known = Pen.of(key);
        pen = known;
      }
      Pen held = known;
      return statement -> sign(held, statement);
    } catch (SQLException e) {
      LOG.errorf(e, "There is no key to sign statements with; nothing is verified");
      throw Problem.NOT_SIGNED.because("The register cannot sign its answer.");
    }
  }

  private String sign(Pen with, Statement statement) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(statement.audience())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(config.validity())))
            .jwtID(UuidV7.of(now.toEpochMilli(), random).toString());
    statement.claims().forEach(claims::claim);
    try {
      SignedJWT signed = new SignedJWT(with.header, claims.build());
      signed.sign(with.signer);
      return signed.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("a statement cannot be signed", e);
    }
  }
}
