package org.mekong.identity.token.grant;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Role;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.client.Client;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.identity.permission.GrantRules;
import org.mekong.identity.subject.PairwiseNames;
import org.mekong.resourceserver.token.VerifiedAccess;

/**
 * What a token on behalf of a person may say now: what they granted, cut to what the client's
 * registration and the person's own roles still allow.
 */
@Singleton
public class PersonGrants {
  private static final Set<String> PROTOCOL = Set.of("openid", "offline_access");

  private static final List<String> OF_PEOPLE = List.of("account_kind", "roles", "office");

  private final Accounts accounts;
  private final PairwiseNames names;
  private final Clock clock;

  PersonGrants(Accounts accounts, PairwiseNames names, Clock clock) {
    this.accounts = accounts;
    this.names = names;
    this.clock = clock;
  }

  /**
   * What is granted by a token request, at most what the person granted.
   *
   * @throws OAuthRefused {@code invalid_grant} when the grant is over, was revoked or its person
   *     may not sign in any more; {@code invalid_scope}, {@code invalid_target} or {@code
   *     invalid_authorization_details} when more is asked for
   */
  public Grant of(
      Connection connection, Client client, AuthorizationGrant granted, TokenRequest request)
      throws OAuthRefused, SQLException {
    Account account = requireGood(connection, granted);
    return new Grant(
        client,
        scopes(client, account, granted, request),
        resource(client, granted, request),
        details(client, granted, request),
        Optional.of(person(client, account, granted)));
  }

  /**
   * The account of a grant that is still good.
   *
   * @throws OAuthRefused {@code invalid_grant}
   */
  public Account requireGood(Connection connection, AuthorizationGrant granted)
      throws OAuthRefused, SQLException {
    if (!clock.instant().isBefore(granted.expiresAt())
        || Revocations.revoked(connection, granted.id())) {
      throw invalid("grant/over");
    }
    return accounts
        .byId(connection, granted.accountId())
        .filter(Account::active)
        .orElseThrow(() -> invalid("grant/account"));
  }

  /** What a token says of its person beside their name. */
  public static Map<String, Object> claimsOf(VerifiedAccess access) {
    Map<String, Object> claims = new TreeMap<>();
    for (String claim : OF_PEOPLE) {
      if (access.claims().get(claim) != null) {
        claims.put(claim, access.claims().get(claim));
      }
    }
    return claims;
  }

  /** The one refusal of a grant that is no good. */
  public static OAuthRefused invalid(String rule) {
    return new OAuthRefused(
        OAuth2Error.INVALID_GRANT,
        rule,
        "The grant is not known, was used, was revoked, is over, or is another client's or"
            + " another key's: ask the person again.");
  }

  private static List<String> scopes(
      Client client, Account account, AuthorizationGrant granted, TokenRequest request)
      throws OAuthRefused {
    Predicate<String> open =
        account.kind() == Account.Kind.CITIZEN
            ? scope -> true
            : scope -> PROTOCOL.contains(scope) || account.scopes().contains(scope);
    List<String> allowed =
        granted.scopes().stream().filter(client.scopes()::contains).filter(open).sorted().toList();
    return request.getScope() == null || request.getScope().isEmpty()
        ? allowed
        : GrantRules.within(allowed, request.getScope().toStringList());
  }

  private static String resource(Client client, AuthorizationGrant granted, TokenRequest request)
      throws OAuthRefused {
    List<String> allowed =
        granted.resources().isEmpty()
            ? client.resources()
            : granted.resources().stream().filter(client.resources()::contains).toList();
    if (allowed.isEmpty()) {
      throw invalid("grant/resource");
    }
    return GrantRules.resource(allowed, request.getResources());
  }

  private static List<AuthorizationDetail> details(
      Client client, AuthorizationGrant granted, TokenRequest request) throws OAuthRefused {
    List<AuthorizationDetail> still = GrantRules.details(client, granted.authorizationDetails());
    List<AuthorizationDetail> asked = request.getAuthorizationDetails();
    if (asked == null || asked.isEmpty()) {
      return still;
    }
    List<AuthorizationDetail> wanted = GrantRules.details(client, asked);
    if (!still.containsAll(wanted)) {
      throw new OAuthRefused(
          OAuth2Error.INVALID_AUTHORIZATION_DETAILS,
          "details/not-granted",
          "A detail that is asked for is not in the grant.");
    }
    return wanted;
  }

  private OnBehalf person(Client client, Account account, AuthorizationGrant granted) {
    Map<String, Object> claims = new TreeMap<>();
    claims.put("account_kind", account.kind().word());
    if (!account.roles().isEmpty()) {
      claims.put("roles", account.roles().stream().map(Role::word).sorted().toList());
    }
    if (!account.office().isEmpty()) {
      claims.put("office", account.office());
    }
    return new OnBehalf(
        names.subject(client, account.id()),
        granted.id(),
        granted.acr(),
        granted.amr(),
        granted.authTime(),
        claims,
        Optional.empty());
  }
}
