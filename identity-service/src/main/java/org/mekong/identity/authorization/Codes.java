package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.mekong.identity.Secrets;
import org.mekong.identity.authorization.Grants.Coded;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.singleuse.SingleUse;

/** Authorization codes: good for a minute, once, for one client (FAPI 2.0 section 5.3.2.2). */
@Singleton
public class Codes {
  /** How long a code is good. */
  public static final Duration LIFETIME = Duration.ofSeconds(60);

  private static final int BYTES = 32;
  private final Clock clock;

  Codes(Clock clock) {
    this.clock = clock;
  }

  /** Keeps a grant and makes the code for it; both count when the transaction commits. */
  public AuthorizationCode issue(Connection connection, AuthorizationGrant grant)
      throws SQLException {
    AuthorizationCode code = new AuthorizationCode(BYTES);
    Instant now = clock.instant();
    Grants.add(connection, grant, Secrets.digest(code.getValue()), now, now.plus(LIFETIME));
    return code;
  }

  /**
   * Spends a code within the caller's transaction. Of simultaneous attempts one gets the grant; the
   * others wait for it and are told that the code was used. Another client's code is unknown, and
   * stays as it was.
   */
  public Redemption redeem(Connection connection, String code, String clientId)
      throws SQLException {
    Coded found = Grants.ofCode(connection, Secrets.digest(code)).orElse(null);
    if (found == null || !found.grant().clientId().equals(clientId)) {
      return new Redemption.Unknown();
    }
    AuthorizationGrant grant = found.grant();
    try {
      PostgresSingleUseStore.spend(
          connection, new SingleUse("code", clientId, code), grant.expiresAt().plus(LIFETIME));
    } catch (AlreadyUsed reused) {
      return new Redemption.Reused(grant.id());
    }
    return clock.instant().isBefore(found.codeExpiresAt())
        ? new Redemption.Redeemed(grant)
        : new Redemption.Unknown();
  }
}
