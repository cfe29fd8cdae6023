package org.mekong.identity.userinfo;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.authorization.Grants;
import org.mekong.identity.issued.IssuedTokens;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.oauth.ClientCertificate;
import org.mekong.identity.oauth.OAuthForm;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.key.KeysUnavailable;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.request.ProtectedRequest;
import org.mekong.resourceserver.sender.SenderVerifier;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.token.AccessTokenVerifier;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * Verifies that a token for the userinfo endpoint is good, was not revoked, and is shown by whom it
 * is bound to: by a DPoP proof (RFC 9449 section 7) or by the certificate of the connection (RFC
 * 8705 section 3).
 */
@Singleton
class PersonAccess {
  private final IssuerAddress issuer;
  private final AccessTokenVerifier tokens;
  private final SenderVerifier senders;
  private final Accounts accounts;
  private final Journal journal;

  PersonAccess(
      Endpoint endpoint, DataSource database, Accounts accounts, Journal journal, Clock clock) {
    this.issuer = endpoint.issuer();
    this.tokens =
        new AccessTokenVerifier(
            issuer.issuer().toString(), issuer.at("/userinfo").toString(), endpoint.keys(), clock);
    this.senders =
        new SenderVerifier(new DpopProofVerifier(new PostgresSingleUseStore(database), clock));
    this.accounts = accounts;
    this.journal = journal;
  }

  /** Who we are and by which keys we sign. */
  @Singleton
  record Endpoint(IssuerAddress issuer, JWKSource<SecurityContext> keys) {}

  /** A good token and whom it is about. */
  record Known(VerifiedAccess access, Account account) {}

  Known authorise(String method, HttpHeaders headers, HttpServerRequest http) throws AccessRefused {
    ProtectedRequest asked =
        new ProtectedRequest(
            method,
            URI.create(issuer.issuer() + http.uri()),
            OAuthForm.values(headers, HttpHeaders.AUTHORIZATION),
            OAuthForm.values(headers, "DPoP"),
            ClientCertificate.of(http));
    VerifiedAccess access = verify(asked.token());
    senders.verify(asked, access);
    if (!access.scopes().contains("openid")) {
      throw new AccessRefused(AccessRule.SCOPE_INSUFFICIENT);
    }
    Optional<Account> account =
        journal.transact(transaction -> account(transaction.connection(), access));
    return new Known(
        access, account.orElseThrow(() -> new AccessRefused(AccessRule.TOKEN_INVALID)));
  }

  private VerifiedAccess verify(String token) throws AccessRefused {
    try {
      return tokens.verify(token);
    } catch (KeysUnavailable impossible) {
      throw new IllegalStateException("our own keys", impossible);
    }
  }

  private Optional<Account> account(Connection connection, VerifiedAccess access)
      throws SQLException {
    Optional<UUID> grant = IssuedTokens.grantOf(access);
    if (grant.isEmpty() || IssuedTokens.revoked(connection, access)) {
      return Optional.empty();
    }
    Optional<AuthorizationGrant> granted = Grants.find(connection, grant.get());
    return granted.isEmpty()
        ? Optional.empty()
        : accounts.byId(connection, granted.get().accountId()).filter(Account::active);
  }
}
