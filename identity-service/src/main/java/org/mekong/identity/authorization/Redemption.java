package org.mekong.identity.authorization;

import java.util.UUID;

/** What came of the attempt to redeem a code. */
public sealed interface Redemption {
  /** The code was good; it is spent when the transaction commits. */
  record Redeemed(AuthorizationGrant grant) implements Redemption {}

  /**
   * The code was redeemed before: whatever was issued by the grant is to be revoked (RFC 6749
   * section 4.1.2).
   */
  record Reused(UUID grantId) implements Redemption {}

  /** There is no such code for this client, or its time is over: {@code invalid_grant}. */
  record Unknown() implements Redemption {}
}
