package org.mekong.identity.testing;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Role;
import org.mekong.identity.authorization.AuthorizationGrant;
import org.mekong.identity.authorization.Codes;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.session.Session;
import org.mekong.identity.session.Sessions;

/** People who have signed in and granted something, without their pages. */
@Singleton
public class TestPerson {
  /** A verifier of the challenge of every grant that is made here. */
  public static final CodeVerifier VERIFIER = new CodeVerifier("v".repeat(64));

  private final Journal journal;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Codes codes;

  TestPerson(Journal journal, Accounts accounts, Sessions sessions, Codes codes) {
    this.journal = journal;
    this.accounts = accounts;
    this.sessions = sessions;
    this.codes = codes;
  }

  /** A new officer who registers persons and asks other countries. */
  public Account officer(String agencyId) {
    Account officer =
        new Account(
            UUID.randomUUID(),
            Account.Kind.OFFICER,
            Optional.of("officer-" + UUID.randomUUID()),
            "Officer",
            Optional.of(agencyId),
            "Desk 4",
            Set.of(Role.REGISTRAR, Role.INQUIRER),
            Account.Status.ACTIVE,
            Assurance.HIGH,
            1,
            Instant.now());
    journal.transact(transaction -> accounts.add(transaction.connection(), officer));
    return officer;
  }

  /** Changes what the account says; for instance its status. */
  public void change(Account account) {
    journal.transact(t -> accounts.change(t.connection(), account, Instant.now()));
  }

  /** A browser session of a person. */
  public Sessions.Opened signIn(Account account) {
    return journal.transact(
        t ->
            sessions.open(
                t.connection(),
                Optional.empty(),
                account.id(),
                account.assurance().acr(),
                List.of("pwd", "otp")));
  }

  /** What a person grants an application in a session. */
  public AuthorizationGrant grant(TestSystem system, Session session, Set<String> scopes) {
    return new AuthorizationGrant(
        UUID.randomUUID(),
        system.clientId(),
        session.accountId(),
        session.id(),
        scopes,
        List.of(),
        List.of(),
        Optional.empty(),
        TestSystem.REDIRECT,
        Optional.of("nonce-1"),
        CodeChallenge.compute(CodeChallengeMethod.S256, VERIFIER).getValue(),
        Optional.empty(),
        session.acr(),
        session.amr(),
        session.authTime(),
        Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS));
  }

  /** A code for a grant. */
  public String code(AuthorizationGrant grant) {
    return journal.transact(t -> codes.issue(t.connection(), grant)).getValue();
  }

  /** A code by a new officer for openid and person.read. */
  public String code(TestSystem system) {
    return code(grant(system, signIn(officer(system.clientId())).session(), SCOPES));
  }

  /** What is granted where nothing else is said. */
  public static final Set<String> SCOPES = Set.of("openid", "person.read");

  /** The form that redeems a code. */
  public static Map<String, String> redeeming(TestSystem system, String code) {
    Map<String, String> form = system.form("authorization_code");
    form.put("code", code);
    form.put("redirect_uri", TestSystem.REDIRECT);
    form.put("code_verifier", VERIFIER.getValue());
    return form;
  }

  /** A grant like another by another id. */
  public static AuthorizationGrant with(AuthorizationGrant grant, UUID id) {
    return copy(grant, id, grant.authorizationDetails(), grant.dpopJkt());
  }

  /** A grant like another with details and a key. */
  public static AuthorizationGrant with(
      AuthorizationGrant grant, List<AuthorizationDetail> details, Optional<String> dpopJkt) {
    return copy(grant, grant.id(), details, dpopJkt);
  }

  private static AuthorizationGrant copy(
      AuthorizationGrant grant,
      UUID id,
      List<AuthorizationDetail> details,
      Optional<String> dpopJkt) {
    return new AuthorizationGrant(
        id,
        grant.clientId(),
        grant.accountId(),
        grant.sessionId(),
        grant.scopes(),
        details,
        grant.resources(),
        grant.claims(),
        grant.redirectUri(),
        grant.nonce(),
        grant.codeChallenge(),
        dpopJkt,
        grant.acr(),
        grant.amr(),
        grant.authTime(),
        grant.expiresAt());
  }
}
