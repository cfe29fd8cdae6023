package org.mekong.identity.token;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.client.Client;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.oauth.Binding;
import org.mekong.identity.oauth.ClientAuthenticator;
import org.mekong.identity.oauth.OAuthForm;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.identity.oauth.SenderConstraint;
import org.mekong.identity.token.grant.Attempt;
import org.mekong.identity.token.grant.Decision;
import org.mekong.identity.token.grant.Entries;
import org.mekong.identity.token.grant.Grant;
import org.mekong.identity.token.grant.GrantFlow;
import org.mekong.identity.token.signing.AccessTokenSigner;

/**
 * Issues a token, or does not: client, assertion, proof and permission are looked at in this order,
 * and what was used up, what was decided and the journal's entry are one transaction. A request
 * whose sender is not proved leaves nothing behind, so that strangers cannot fill the journal.
 */
@Singleton
class TokenIssuance {
  private final Journal journal;
  private final ClientAuthenticator authenticator;
  private final SenderConstraint constraint;
  private final AccessTokenSigner signer;
  private final Circumstances circumstances;

  /** Where and when this is, and what grant types there are. */
  @Singleton
  record Circumstances(
      IssuerAddress issuer, NodeConfig node, Clock clock, Map<String, GrantFlow> flows) {
    @jakarta.inject.Inject
    Circumstances(IssuerAddress issuer, NodeConfig node, Clock clock, Instance<GrantFlow> flows) {
      this(
          issuer,
          node,
          clock,
          flows.stream().collect(Collectors.toMap(GrantFlow::grantType, flow -> flow)));
    }
  }

  TokenIssuance(
      Journal journal,
      ClientAuthenticator authenticator,
      SenderConstraint constraint,
      AccessTokenSigner signer,
      Circumstances circumstances) {
    this.journal = journal;
    this.authenticator = authenticator;
    this.constraint = constraint;
    this.signer = signer;
    this.circumstances = circumstances;
  }

  /** What came of a request. */
  sealed interface Outcome {
    /** A token. */
    record Issued(Tokens tokens) implements Outcome {}

    /** An error of RFC 6749 section 5.2, and the rule behind it. */
    record Refused(ErrorObject error, String rule) implements Outcome {}
  }

  Outcome issue(OAuthForm form, TokenRequest request) {
    // Where a system asks in its own name nothing else is read or written: one message does it.
    return form.first("grant_type").equals(GrantType.CLIENT_CREDENTIALS.getValue())
        ? journal.transactAtOnce(transaction -> decide(transaction, form, request))
        : journal.transact(transaction -> decide(transaction, form, request));
  }

  private Outcome decide(Transaction transaction, OAuthForm form, TokenRequest request)
      throws SQLException {
    ClientAuthenticator.Authenticated client;
    try {
      client = authenticator.authenticate(transaction, form);
    } catch (OAuthRefused refused) {
      return refused(refused); // by whom is not proved: not journalled
    }
    JournalEntry entry = entry(client.client());
    try {
      client.spend(transaction);
      client.requireUsableAt(circumstances.clock().instant());
      Outcome issued = grant(transaction, client.client(), form, request, entry);
      transaction.record(entry.with("outcome", "issued"));
      return issued;
    } catch (OAuthRefused refused) {
      transaction.record(entry.with("outcome", "refused").with("rule", refused.rule()));
      return refused(refused);
    }
  }

  private Outcome grant(
      Transaction transaction,
      Client client,
      OAuthForm form,
      TokenRequest request,
      JournalEntry entry)
      throws OAuthRefused, SQLException {
    GrantFlow flow = flow(client, form.first("grant_type"));
    URI endpoint = circumstances.issuer().at("/token");
    Binding binding = constraint.bind(transaction, client, endpoint, form);
    Decision decision = flow.decide(new Attempt(transaction, client, request, binding));
    String token = signer.sign(decision.grant(), binding);
    Entries.describe(entry, decision.grant(), token);
    return new Outcome.Issued(tokens(decision, token, binding));
  }

  private GrantFlow flow(Client client, String grantType) throws OAuthRefused {
    GrantFlow flow = circumstances.flows().get(grantType);
    if (flow == null) {
      throw new OAuthRefused(
          OAuth2Error.UNSUPPORTED_GRANT_TYPE,
          "request/grant-type",
          "Use a grant type that the metadata of this issuer names.");
    }
    if (!client.grantTypes().contains(grantType)) {
      throw new OAuthRefused(
          OAuth2Error.UNAUTHORIZED_CLIENT,
          "client/grant-type",
          "The registration of this client does not hold this grant type.");
    }
    return flow;
  }

  private static Tokens tokens(Decision decision, String token, Binding binding) {
    Grant grant = decision.grant();
    long seconds = AccessTokenSigner.LIFETIME.toSeconds();
    Scope scope = Scope.parse(grant.scopes());
    @Nullable List<AuthorizationDetail> details =
        grant.details().isEmpty() ? null : grant.details();
    AccessToken access =
        switch (binding) {
          case Binding.ToKey key ->
              new DPoPAccessToken(token, seconds, scope, details, type(decision));
          case Binding.ToCertificate certificate ->
              new BearerAccessToken(token, seconds, scope, details, type(decision));
        };
    RefreshToken refresh = decision.refreshToken().map(RefreshToken::new).orElse(null);
    return decision
        .idToken()
        .<Tokens>map(id -> new OIDCTokens(id, access, refresh))
        .orElseGet(() -> new Tokens(access, refresh));
  }

  private static @Nullable TokenTypeURI type(Decision decision) {
    return decision.exchanged() ? TokenTypeURI.ACCESS_TOKEN : null;
  }

  private JournalEntry entry(Client client) {
    return JournalEntry.ofToken(RequestId.current(), circumstances.clock().instant())
        .with("from", circumstances.node().nation())
        .with("client", client.id())
        .with("agency", client.agency().map(agency -> agency.id()).orElse(""));
  }

  private static Outcome refused(OAuthRefused refused) {
    return new Outcome.Refused(refused.error(), refused.rule());
  }
}
