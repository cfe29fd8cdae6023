package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.ErrorObject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.oauth.ClientAuthenticator;
import org.mekong.identity.oauth.OAuthForm;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.identity.oauth.SenderConstraint;

/**
 * Takes pushed requests: client, assertion, proof and rules are looked at in this order, and what
 * was used up and what was kept are one transaction. A refusal whose sender is proved is recorded.
 */
@Singleton
class Pushing {
  private final Journal journal;
  private final ClientAuthenticator authenticator;
  private final SenderConstraint constraint;
  private final PushedRequests requests;
  private final IssuerAddress issuer;
  private final Clock clock;

  /** Where and when this is. */
  @Singleton
  record Place(IssuerAddress issuer, Clock clock) {}

  Pushing(
      Journal journal,
      ClientAuthenticator authenticator,
      SenderConstraint constraint,
      PushedRequests requests,
      Place place) {
    this.journal = journal;
    this.authenticator = authenticator;
    this.constraint = constraint;
    this.requests = requests;
    this.issuer = place.issuer();
    this.clock = place.clock();
  }

  /** What came of it. */
  sealed interface Outcome {
    /** The request is kept. */
    record Kept(URI requestUri) implements Outcome {}

    /** An error of RFC 9126 section 2.3, and the rule behind it. */
    record Refused(ErrorObject error, String rule) implements Outcome {}
  }

  Outcome push(OAuthForm form) {
    return journal.transact(transaction -> decide(transaction, form));
  }

  private Outcome decide(Transaction transaction, OAuthForm form) throws SQLException {
    ClientAuthenticator.Authenticated sender;
    try {
      sender = authenticator.authenticate(transaction, form);
    } catch (OAuthRefused refused) {
      return new Outcome.Refused(refused.error(), refused.rule()); // by whom is not proved
    }
    try {
      sender.spend(transaction);
      sender.requireUsableAt(clock.instant());
      Optional<String> proved =
          constraint.proved(
              transaction, sender.client(), issuer.at(PushedRequestResource.PATH), form);
      AskedFor asked = RequestRules.check(form.parameters(), sender.client());
      return new Outcome.Kept(requests.push(transaction.connection(), asked, bound(asked, proved)));
    } catch (OAuthRefused refused) {
      transaction.record(
          JournalEntry.ofAuthorization(RequestId.current(), clock.instant())
              .with("client", sender.client().id())
              .with("agency", sender.client().agency().map(Agency::id).orElse(""))
              .with("outcome", "refused")
              .with("rule", refused.rule()));
      return new Outcome.Refused(refused.error(), refused.rule());
    }
  }

  /** Both ways to name the key that the code is bound to must name one (RFC 9449 section 10.1). */
  private static Optional<String> bound(AskedFor asked, Optional<String> proved)
      throws OAuthRefused {
    Optional<String> named =
        Optional.ofNullable(asked.request().getDPoPJWKThumbprintConfirmation())
            .map(confirmation -> confirmation.getValue().toString());
    if (named.isPresent() && proved.isPresent() && !named.equals(proved)) {
      throw OAuthRefused.request(
          "request/dpop-jkt", "dpop_jkt names another key than the one that the header proves.");
    }
    return proved.or(() -> named);
  }
}
