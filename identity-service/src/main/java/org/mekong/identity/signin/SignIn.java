package org.mekong.identity.signin;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.Secrets;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Credentials;
import org.mekong.identity.interaction.Interaction;
import org.mekong.identity.interaction.Interactions;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.session.Session;
import org.mekong.identity.session.Sessions;
import org.mekong.identity.signin.throttle.Attempt;
import org.mekong.identity.signin.throttle.Throttle;
import org.mekong.identity.subject.PairwiseNames;

/**
 * Signs people in by password and one-time code. An account that does not exist, one that is closed
 * and one whose password was mistyped take the same steps: the attempt is counted, a password is
 * hashed, a code is computed.
 */
@Singleton
class SignIn {
  /** How somebody signed in here (RFC 8176). */
  private static final List<String> METHODS = List.of("pwd", "otp", "mfa");

  /** What a password with a one-time code can prove at best: both can be phished. */
  private static final Assurance AT_BEST = Assurance.SUBSTANTIAL;

  private final Journal journal;
  private final People people;
  private final Throttle throttle;
  private final Sessions sessions;
  private final Interactions interactions;

  /** Who there is, and by what they prove it. */
  @Singleton
  record People(Accounts accounts, Credentials credentials, PairwiseNames names, Clock clock) {}

  SignIn(
      Journal journal,
      People people,
      Throttle throttle,
      Sessions sessions,
      Interactions interactions) {
    this.journal = journal;
    this.people = people;
    this.throttle = throttle;
    this.sessions = sessions;
    this.interactions = interactions;
  }

  /** What came of an attempt. */
  sealed interface Outcome {
    /**
     * They are signed in.
     *
     * @param device secret by which their browser is known from now on
     */
    record SignedIn(Sessions.Opened opened, String device) implements Outcome {}

    /** Something of what they typed is not right. */
    record Wrong() implements Outcome {}

    /** They have to wait. */
    record Wait(Duration time) implements Outcome {}
  }

  /**
   * Tries to sign somebody in.
   *
   * @param session the session's cookie that their browser showed
   */
  Outcome attempt(Interaction interaction, Typed typed, Attempt attempt, Optional<String> session) {
    Optional<Duration> wait =
        journal.transact(transaction -> throttle.count(transaction.connection(), attempt));
    if (wait.isPresent()) {
      return new Outcome.Wait(wait.get());
    }
    Account account = people.accounts().findByLogin(typed.login()).orElse(null);
    boolean password = people.credentials().check(account, typed.password());
    // A code is spent only beside the right password, so that nobody can spend another's.
    boolean code = people.credentials().checkTotp(password ? account : null, typed.code());
    if (account == null || !password || !code) {
      return new Outcome.Wrong();
    }
    return journal.transact(
        transaction -> signedIn(transaction, interaction, account, attempt, session.orElse(null)));
  }

  private Outcome signedIn(
      Transaction transaction,
      Interaction interaction,
      Account account,
      Attempt attempt,
      @Nullable String cookie)
      throws SQLException {
    Optional<Session> before = sessions.current(transaction.connection(), cookie);
    String acr = (AT_BEST.covers(account.assurance()) ? account.assurance() : AT_BEST).acr();
    Sessions.Opened opened =
        sessions.open(transaction.connection(), before, account.id(), acr, METHODS);
    interactions.signedIn(transaction.connection(), interaction, opened.session().id());
    String device = attempt.device().orElseGet(Secrets::next);
    throttle.succeeded(transaction.connection(), attempt, device);
    transaction.record(
        JournalEntry.ofSignIn(RequestId.current(), people.clock().instant())
            .with("client", interaction.asked().clientId())
            .with("session", people.names().inJournal(opened.session().id()))
            .with("acr", acr)
            .with("amr", METHODS));
    return new Outcome.SignedIn(opened, device);
  }
}
