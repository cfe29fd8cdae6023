package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.consent.Consents;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.interaction.Browser;
import org.mekong.identity.interaction.Interaction;
import org.mekong.identity.interaction.Interactions;
import org.mekong.identity.interaction.Pushed;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.page.Language;
import org.mekong.identity.subject.PairwiseNames;
import org.mekong.identity.visitor.Visitor;
import org.mekong.identity.visitor.Visitors;
import org.mekong.resourceserver.singleuse.AlreadyUsed;

/**
 * Takes an authorization request to its end: a code, an error, or a page where its person has
 * something to do first. Using the request up, the code and the entry in the journal are one
 * transaction.
 */
@Singleton
class Authorization {
  /** How long tokens may be had by a grant. */
  private static final Duration GRANT_LIFETIME = Duration.ofDays(30);

  private final PushedRequests requests;
  private final Interactions interactions;
  private final Visitors visitors;
  private final Codes codes;
  private final Surroundings surroundings;

  /** What is looked up on the way. */
  @Singleton
  record Surroundings(
      Clients clients,
      Consents consents,
      Hints hints,
      PairwiseNames names,
      IssuerAddress issuer,
      Clock clock) {}

  Authorization(
      PushedRequests requests,
      Interactions interactions,
      Visitors visitors,
      Codes codes,
      Surroundings surroundings) {
    this.requests = requests;
    this.interactions = interactions;
    this.visitors = visitors;
    this.codes = codes;
    this.surroundings = surroundings;
  }

  /**
   * The browser that asks.
   *
   * @param secret that it showed
   * @param session the session's cookie that it showed
   * @param language of its reader, where the request names none
   */
  record Asking(Optional<String> secret, Optional<String> session, Language language) {}

  /** Opens a request that was pushed. */
  Next open(Transaction transaction, Asking asking, String clientId, String requestUri)
      throws SQLException {
    Optional<Pushed> pushed = requests.find(transaction.connection(), requestUri, clientId);
    return pushed.isEmpty()
        ? new Next.Nowhere("request-unknown")
        : advance(transaction, asking, pushed.get(), Optional.empty());
  }

  /** Goes on with a request after something was done on a page. */
  Next proceed(Transaction transaction, Asking asking, String id) throws SQLException {
    Optional<Interaction> interaction =
        interactions.find(transaction.connection(), id, asking.secret());
    return interaction.isEmpty()
        ? new Next.Nowhere("interaction-unknown")
        : advance(transaction, asking, interaction.get().pushed(), interaction);
  }

  private Next advance(
      Transaction transaction, Asking asking, Pushed pushed, Optional<Interaction> interaction)
      throws SQLException {
    Connection connection = transaction.connection();
    AskedFor asked = pushed.asked();
    Optional<Client> client =
        surroundings.clients().find(connection, asked.clientId()).filter(c -> mayGo(c, asked));
    if (client.isEmpty()) {
      return new Next.Nowhere("client-unusable"); // what was verified then, may not hold now
    }
    Optional<Visitor> visitor = visitors.of(connection, asking.session());
    Decision decision =
        Decision.on(
            asked,
            known(connection, asked, client.get(), visitor, interaction),
            surroundings.clock().instant());
    boolean inVain = visitor.isPresent() && !visitor.get().canGive(asked, client.get());
    return switch (decision) {
      case Decision.SignIn signIn -> here(connection, "/sign-in", asking, pushed, interaction);
      case Decision.Refuse refuse -> refuse(transaction, client.get(), pushed, refuse.error());
      case Decision.AskConsent ask when inVain ->
          refuse(transaction, client.get(), pushed, OAuth2Error.ACCESS_DENIED);
      case Decision.Grant grant when inVain ->
          refuse(transaction, client.get(), pushed, OAuth2Error.ACCESS_DENIED);
      case Decision.AskConsent ask -> here(connection, "/consent", asking, pushed, interaction);
      case Decision.Grant grant -> grant(transaction, client.get(), pushed, visitor.orElseThrow());
    };
  }

  private boolean mayGo(Client client, AskedFor asked) {
    return client.usableAt(surroundings.clock().instant())
        && client.grantTypes().contains(RequestRules.AUTHORIZATION_CODE)
        && RequestRules.isRegistered(client, asked.redirectUri().toString());
  }

  private Decision.Known known(
      Connection connection,
      AskedFor asked,
      Client client,
      Optional<Visitor> visitor,
      Optional<Interaction> interaction)
      throws SQLException {
    Optional<Interaction.Decided> decided = interaction.flatMap(Interaction::consent);
    if (visitor.isEmpty()) {
      return new Decision.Known(Optional.empty(), false, true, false, decided);
    }
    Visitor person = visitor.get();
    UUID sessionId = person.session().id();
    return new Decision.Known(
        Optional.of(person.session()),
        interaction.flatMap(Interaction::sessionId).filter(sessionId::equals).isPresent(),
        surroundings.hints().fit(asked, client, person.account()),
        surroundings.consents().cover(connection, person.account().id(), asked),
        decided);
  }

  private Next here(
      Connection connection,
      String path,
      Asking asking,
      Pushed pushed,
      Optional<Interaction> interaction)
      throws SQLException {
    if (interaction.isPresent()) {
      return new Next.Here(path + "?interaction=" + interaction.get().id(), Optional.empty());
    }
    String secret = asking.secret().orElseGet(Browser::next);
    Language language =
        pushed.asked().locales().stream()
            .map(locale -> Language.of(locale.getLanguage()))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(asking.language());
    Interaction begun = interactions.begin(connection, pushed, secret, language);
    return new Next.Here(
        path + "?interaction=" + begun.id(),
        asking.secret().isPresent() ? Optional.empty() : Optional.of(secret));
  }

  private Next refuse(Transaction transaction, Client client, Pushed pushed, ErrorObject error)
      throws SQLException {
    try {
      requests.use(transaction.connection(), pushed);
    } catch (AlreadyUsed before) {
      return new Next.Nowhere("request-used");
    }
    transaction.record(
        entry(client).with("outcome", "refused").with("rule", "authorization/" + error.getCode()));
    AskedFor asked = pushed.asked();
    return new Next.Client(
        new AuthorizationErrorResponse(
                asked.redirectUri(),
                new ErrorObject(error.getCode()),
                asked.request().getState(),
                issuer(),
                ResponseMode.QUERY)
            .toURI());
  }

  private Next grant(Transaction transaction, Client client, Pushed pushed, Visitor person)
      throws SQLException {
    AskedFor asked = pushed.asked();
    try {
      requests.use(transaction.connection(), pushed);
    } catch (AlreadyUsed before) {
      return new Next.Nowhere("request-used");
    }
    AuthorizationGrant grant = grantOf(pushed, person, person.scopes(asked, client));
    URI location =
        new AuthorizationSuccessResponse(
                asked.redirectUri(),
                codes.issue(transaction.connection(), grant),
                null,
                asked.request().getState(),
                issuer(),
                ResponseMode.QUERY)
            .toURI();
    transaction.record(
        entry(client)
            .with("outcome", "granted")
            .with("grant", grant.id().toString())
            .with("session", surroundings.names().inJournal(grant.sessionId()))
            .with("scopes", grant.scopes().stream().sorted().toList())
            .with("resources", grant.resources())
            .with("acr", grant.acr())
            .with(
                "purposes",
                grant.authorizationDetails().stream()
                    .map(detail -> Optional.ofNullable(detail.getStringField("purpose")))
                    .flatMap(Optional::stream)
                    .toList()));
    return new Next.Client(location);
  }

  private AuthorizationGrant grantOf(Pushed pushed, Visitor person, Set<String> scopes) {
    AskedFor asked = pushed.asked();
    Instant now = surroundings.clock().instant();
    return new AuthorizationGrant(
        UUID.fromString(RequestId.next(surroundings.clock())),
        asked.clientId(),
        person.account().id(),
        person.session().id(),
        scopes,
        asked.details(),
        asked.resources(),
        asked.claims(),
        asked.redirectUri().toString(),
        asked.nonce(),
        asked.request().getCodeChallenge().getValue(),
        pushed.dpopJkt(),
        person.session().acr(),
        person.session().amr(),
        person.session().authTime(),
        now.plus(GRANT_LIFETIME));
  }

  private JournalEntry entry(Client client) {
    return JournalEntry.ofAuthorization(RequestId.current(), surroundings.clock().instant())
        .with("client", client.id())
        .with("agency", client.agency().map(Agency::id).orElse(""));
  }

  private Issuer issuer() {
    return new Issuer(surroundings.issuer().issuer());
  }
}
