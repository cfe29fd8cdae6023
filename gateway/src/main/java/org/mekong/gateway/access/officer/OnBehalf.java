package org.mekong.gateway.access.officer;

import java.util.Optional;
import java.util.regex.Pattern;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * On whose behalf a system asks, as its token says: a token that was issued to somebody who signed
 * in, or that a service got for such a one (RFC 8693), names them in {@code sub}, by a pseudonym
 * that only their agency can resolve.
 */
public sealed interface OnBehalf {

  /** The system asks in its own name. */
  record Nobody() implements OnBehalf {}

  /** An officer, by pseudonym. */
  record Officer(String pseudonym) implements OnBehalf {}

  /** Somebody who is no officer, and for whom no agency asks. */
  record SomebodyElse() implements OnBehalf {}

  /** What an officer may be called. */
  Pattern PSEUDONYM = Pattern.compile("[0-9A-Za-z_-][0-9A-Za-z._-]{0,127}");

  /** What a token says. Pure. */
  static OnBehalf of(VerifiedAccess access) {
    Optional<String> kind = access.text("account_kind");
    if (kind.isEmpty() && !access.claims().containsKey("act")) {
      return new Nobody();
    }
    boolean officer = kind.map("officer"::equals).orElse(true);
    return officer && PSEUDONYM.matcher(access.subject()).matches()
        ? new Officer(access.subject())
        : new SomebodyElse();
  }
}
