package org.mekong.identity.token;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.journal.Transaction;
import org.mekong.resourceserver.AccessRefused;
import org.mekong.resourceserver.AlreadyUsed;
import org.mekong.resourceserver.DpopProofVerifier;
import org.mekong.resourceserver.PostgresSingleUseStore;
import org.mekong.resourceserver.SingleUseStore;

/**
 * Issues a token, or does not: client, assertion, proof and permission are looked at in this order,
 * and what was used up, what was decided and the journal's entry are one transaction. A request
 * whose sender is not proved leaves nothing behind, so that strangers cannot fill the journal.
 */
@Singleton
class TokenIssuance {
  private final Journal journal;
  private final Clients clients;
  private final ClientAuthenticator authenticator;
  private final AccessTokenSigner signer;
  private final Circumstances circumstances;

  /** Where and when this is. */
  @Singleton
  record Circumstances(IssuerAddress issuer, NodeConfig node, Clock clock) {}

  TokenIssuance(
      Journal journal,
      Clients clients,
      ClientAuthenticator authenticator,
      AccessTokenSigner signer,
      Circumstances circumstances) {
    this.journal = journal;
    this.clients = clients;
    this.authenticator = authenticator;
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

  Outcome issue(TokenRequest request, List<String> proofs) {
    ClientAuthentication authentication = request.getClientAuthentication();
    String claimed;
    try {
      claimed = ClientAuthenticator.claimedId(authentication);
    } catch (TokenRefused refused) {
      return refused(refused);
    }
    return journal.transact(transaction -> decide(transaction, claimed, request, proofs));
  }

  private Outcome decide(
      Transaction transaction, String claimed, TokenRequest request, List<String> proofs)
      throws SQLException {
    Optional<Client> client = clients.find(transaction.connection(), claimed);
    ClientAuthenticator.Authenticated assertion;
    try {
      assertion = authenticator.authenticate(request.getClientAuthentication(), client);
    } catch (TokenRefused refused) {
      return refused(refused); // by whom is not proved: not journalled
    }
    JournalEntry entry = entry(client.orElseThrow());
    try {
      spend(transaction.connection(), assertion);
      Tokens tokens = grant(transaction, client.get(), request, proofs, entry);
      transaction.record(entry.with("outcome", "issued"));
      return new Outcome.Issued(tokens);
    } catch (TokenRefused refused) {
      transaction.record(entry.with("outcome", "refused").with("rule", refused.rule()));
      return refused(refused);
    }
  }

  private Tokens grant(
      Transaction transaction,
      Client client,
      TokenRequest request,
      List<String> proofs,
      JournalEntry entry)
      throws TokenRefused {
    if (!client.usableAt(circumstances.clock().instant())) {
      throw new TokenRefused(
          OAuth2Error.INVALID_CLIENT, "client/not-active", ClientAuthenticator.ADVICE);
    }
    String thumbprint = proved(transaction.connection(), client, proofs);
    Grant grant = GrantRules.decide(client, request);
    String token = signer.sign(grant, thumbprint);
    Entries.describe(entry, grant, token);
    Scope scope = Scope.parse(grant.scopes());
    return new Tokens(
        new DPoPAccessToken(
            token,
            AccessTokenSigner.LIFETIME.toSeconds(),
            scope,
            grant.details().isEmpty() ? null : grant.details(),
            null),
        null);
  }

  private static void spend(Connection connection, ClientAuthenticator.Authenticated assertion)
      throws SQLException, TokenRefused {
    try {
      PostgresSingleUseStore.spend(connection, assertion.use(), assertion.until());
    } catch (AlreadyUsed replayed) {
      throw new TokenRefused(
          OAuth2Error.INVALID_CLIENT, "client/assertion-replayed", ClientAuthenticator.ADVICE);
    }
  }

  private String proved(Connection connection, Client client, List<String> proofs)
      throws TokenRefused {
    URI endpoint = circumstances.issuer().at("/token");
    SingleUseStore store =
        (use, until) -> {
          try {
            PostgresSingleUseStore.spend(connection, use, until);
          } catch (SQLException failed) {
            throw new JournalUnavailable(failed);
          }
        };
    try {
      return new DpopProofVerifier(store, circumstances.clock())
          .verifyTokenRequest(proofs, endpoint, client.id());
    } catch (AccessRefused refused) {
      throw new TokenRefused(
          OAuth2Error.INVALID_DPOP_PROOF,
          "proof/" + refused.rule().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
          refused.rule().advice());
    }
  }

  private JournalEntry entry(Client client) {
    return JournalEntry.ofToken(RequestId.current(), circumstances.clock().instant())
        .with("from", circumstances.node().nation())
        .with("client", client.id())
        .with("agency", client.agency().map(agency -> agency.id()).orElse(""));
  }

  private static Outcome refused(TokenRefused refused) {
    return new Outcome.Refused(refused.error(), refused.rule());
  }
}
