package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.openid.connect.sdk.OIDCError;
import com.nimbusds.openid.connect.sdk.Prompt;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.interaction.Interaction;
import org.mekong.identity.session.Session;

/**
 * What happens next to an authorization request (OpenID Connect Core sections 3.1.2.1 to 3.1.2.6).
 * A pure function of what is asked and what is known.
 */
sealed interface Decision {
  /** The person signs in, again or for the first time. */
  record SignIn() implements Decision {}

  /** The person is asked whether the client gets it. */
  record AskConsent() implements Decision {}

  /** The client gets it. */
  record Grant(Session session) implements Decision {}

  /** The client is told why it does not. */
  record Refuse(ErrorObject error) implements Decision {}

  /**
   * What is known.
   *
   * @param session of this browser
   * @param signedInHere whether the person signed in for this very request
   * @param isExpected whether they are whom the client's hint names; true without a hint
   * @param allowedBefore whether they allowed the client all this before
   * @param decided what they decided on this very request
   */
  record Known(
      Optional<Session> session,
      boolean signedInHere,
      boolean isExpected,
      boolean allowedBefore,
      Optional<Interaction.Decided> decided) {}

  static Decision on(AskedFor asked, Known known, Instant now) {
    if (known.decided().filter(Interaction.Decided::isCancelled).isPresent()) {
      return new Refuse(OAuth2Error.ACCESS_DENIED);
    }
    if (known.session().isEmpty()) {
      return asked.prompts(Prompt.Type.NONE) ? new Refuse(OIDCError.LOGIN_REQUIRED) : new SignIn();
    }
    Session session = known.session().get();
    boolean essentialMet = meets(session, asked.essentialAcr());
    if (asked.prompts(Prompt.Type.NONE)) {
      return silently(asked, known, session, essentialMet, now);
    }
    boolean again =
        asked.prompts(Prompt.Type.LOGIN)
            || asked.prompts(Prompt.Type.SELECT_ACCOUNT)
            || isStale(asked, session, now)
            || !known.isExpected()
            || !essentialMet
            || wishesMore(asked, session);
    if (again && !known.signedInHere()) {
      return new SignIn();
    }
    if (!known.isExpected()) {
      return new Refuse(OIDCError.LOGIN_REQUIRED);
    }
    if (!essentialMet) {
      return new Refuse(OIDCError.UNMET_AUTHENTICATION_REQUIREMENTS);
    }
    return byConsent(asked, known, session);
  }

  private static Decision silently(
      AskedFor asked, Known known, Session session, boolean essentialMet, Instant now) {
    if (isStale(asked, session, now) || !known.isExpected() || !essentialMet) {
      return new Refuse(OIDCError.LOGIN_REQUIRED);
    }
    return known.allowedBefore() ? new Grant(session) : new Refuse(OIDCError.CONSENT_REQUIRED);
  }

  private static Decision byConsent(AskedFor asked, Known known, Session session) {
    Optional<Boolean> granted =
        known
            .decided()
            .filter(decided -> decided.isBy(session.accountId()))
            .map(Interaction.Decided::granted);
    if (granted.isPresent()) {
      return granted.get() ? new Grant(session) : new Refuse(OAuth2Error.ACCESS_DENIED);
    }
    return known.allowedBefore() && !asked.prompts(Prompt.Type.CONSENT)
        ? new Grant(session)
        : new AskConsent();
  }

  private static boolean isStale(AskedFor asked, Session session, Instant now) {
    return asked.maxAge().map(maxAge -> !session.freshAt(now, maxAge)).orElse(false);
  }

  /** A wish for levels that nobody here knows is no reason to sign in again. */
  private static boolean wishesMore(AskedFor asked, Session session) {
    return asked.wishedAcr().stream().anyMatch(acr -> level(acr).isPresent())
        && !meets(session, asked.wishedAcr());
  }

  /** Whether a session reaches the lowest of the levels named; of unknown ones it reaches none. */
  private static boolean meets(Session session, List<String> levels) {
    return levels.isEmpty()
        || levels.stream()
            .map(Decision::level)
            .flatMap(Optional::stream)
            .anyMatch(named -> level(session.acr()).map(own -> own.covers(named)).orElse(false));
  }

  private static Optional<Assurance> level(String acr) {
    return Arrays.stream(Assurance.values()).filter(level -> level.acr().equals(acr)).findFirst();
  }
}
