package org.mekong.identity.issued;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.mekong.identity.IssuerAddress;
import org.mekong.resourceserver.key.KeysUnavailable;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.token.AccessTokenVerifier;
import org.mekong.resourceserver.token.VerifiedAccess;

/** Access tokens that this issuer signed, as long as they are good and whomever they are for. */
@Singleton
public class IssuedTokens {
  /** Claim of an access token that names the grant it came of. */
  public static final String GRANT_ID = "grant_id";

  private final AccessTokenVerifier verifier;

  IssuedTokens(IssuerAddress issuer, JWKSource<SecurityContext> keys, Clock clock) {
    this.verifier = AccessTokenVerifier.ofAnyAudience(issuer.issuer().toString(), keys, clock);
  }

  /** What a token says; empty when it is not ours, is over or was revoked. */
  public Optional<VerifiedAccess> good(Connection connection, String token) throws SQLException {
    try {
      VerifiedAccess access = verifier.verify(token);
      return revoked(connection, access) ? Optional.empty() : Optional.of(access);
    } catch (AccessRefused | KeysUnavailable refused) {
      return Optional.empty();
    }
  }

  /** Whether a token, or the grant that it came of, was revoked. */
  public static boolean revoked(Connection connection, VerifiedAccess access) throws SQLException {
    Optional<UUID> grant = grantOf(access);
    return Revocations.revoked(connection, access.text("jti").orElse(""))
        || (grant.isPresent() && Revocations.revoked(connection, grant.get()));
  }

  /** The grant that a token came of; none where a system asked in its own name. */
  public static Optional<UUID> grantOf(VerifiedAccess access) {
    return access.text(GRANT_ID).map(UUID::fromString);
  }
}
