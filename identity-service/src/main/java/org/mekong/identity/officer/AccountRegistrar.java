package org.mekong.identity.officer;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.access.conditional.Version;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Role;
import org.mekong.identity.agency.Agencies;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.approval.Administration;
import org.mekong.identity.approval.Mandate;
import org.mekong.identity.client.Clients;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.logout.SessionEnd;
import org.mekong.identity.session.Session;
import org.mekong.identity.session.Sessions;

/**
 * Registers and changes the accounts of people, and says so in the journal: by the opaque id for
 * officers and administrators, whose acts are public business, and without any for citizens.
 */
@Singleton
public class AccountRegistrar {
  private final Accounts accounts;
  private static final String BY_ADMINISTRATOR = "ended-by-administrator";
  private final Sessions sessions;
  private final SessionEnd end;
  private final Clients clients;
  private final Clock clock;

  AccountRegistrar(
      Accounts accounts, Sessions sessions, SessionEnd end, Clients clients, Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.end = end;
    this.clients = clients;
    this.clock = clock;
  }

  Outcome register(Transaction transaction, Mandate mandate, String target, RegisterAccount request)
      throws SQLException {
    Connection connection = transaction.connection();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Account account =
        request.checked(
            UUID.fromString(RequestId.next(clock)), active(connection, request.agencyId()), now);
    Optional<String> number =
        Optional.ofNullable(request.personalNumber()).flatMap(Accounts::personalNumber);
    boolean added =
        number.isPresent()
            ? accounts.addCitizen(connection, account, number.get())
            : accounts.add(connection, account);
    if (!added) {
      throw taken(connection, number.or(account::userName).orElseThrow());
    }
    transaction.record(entry(mandate, "account_registered", account));
    return new Outcome(201, AccountView.of(account));
  }

  private RuntimeException taken(Connection connection, String login) throws SQLException {
    UUID holder = accounts.findByLogin(connection, login).map(Account::id).orElseThrow();
    return Problem.CONFLICT
        .builder("This user name is taken, or the holder of this number has an account.")
        .with("account", holder.toString())
        .build();
  }

  Outcome change(
      Transaction transaction, Mandate mandate, String target, ChangeAccount.Seen request)
      throws SQLException {
    Account before = find(transaction.connection(), target);
    return write(
        transaction,
        mandate,
        "account_changed",
        request
            .change()
            .checked(
                before,
                active(transaction.connection(), request.change().agencyId()),
                request.version()));
  }

  /**
   * Suspends, closes or makes active again; who may not sign in is signed out, and their systems
   * stop.
   */
  Outcome turn(Transaction transaction, Mandate mandate, String target, ChangeAccountStatus request)
      throws SQLException {
    Account before = find(transaction.connection(), target);
    Account wanted = with(before, request.checked());
    Outcome outcome = write(transaction, mandate, "account_" + wanted.status().word(), wanted);
    if (!wanted.active()) {
      endAll(transaction, wanted.id());
      List<String> held =
          clients.suspendHeldBy(transaction.connection(), wanted.id(), clock.instant());
      if (!held.isEmpty()) {
        transaction.record(entry(mandate, "clients_suspended", before).with("clients", held));
      }
    }
    return outcome;
  }

  private Outcome write(Transaction transaction, Mandate mandate, String act, Account wanted)
      throws SQLException {
    Connection connection = transaction.connection();
    Instant now = clock.instant();
    Set<String> administrators = Administration.administrators(connection, now);
    if (find(connection, wanted.id().toString()).status() == Account.Status.CLOSED) {
      throw Problem.CONFLICT.because("A closed account stays as it is.");
    }
    if (!accounts.change(connection, wanted, now)) {
      throw Version.stale();
    }
    Administration.requireEnough(connection, now, administrators);
    Account changed = find(connection, wanted.id().toString());
    transaction.record(entry(mandate, act, changed));
    return new Outcome(200, AccountView.of(changed));
  }

  Outcome endSessions(
      Transaction transaction, Mandate mandate, Account account, List<Session> which)
      throws SQLException {
    for (Session session : which) {
      end.end(transaction, session, BY_ADMINISTRATOR);
    }
    transaction.record(
        entry(mandate, "sessions_ended", account).with("count", Integer.toString(which.size())));
    return new Outcome(200, new SessionList(List.of()));
  }

  List<Session> sessions(Connection connection, Account account) throws SQLException {
    return sessions.of(connection, account.id());
  }

  /** What stands for a request where it is remembered: it holds no number that could be guessed. */
  List<Object> remembered(RegisterAccount request) {
    String number =
        Optional.ofNullable(request.personalNumber())
            .flatMap(Accounts::personalNumber)
            .map(accounts::pseudonym)
            .orElse("");
    return List.of(request.withoutNumber(), number);
  }

  /** Ends every session of an account. */
  public void endAll(Transaction transaction, UUID account) throws SQLException {
    for (Session session : sessions.of(transaction.connection(), account)) {
      end.end(transaction, session, BY_ADMINISTRATOR);
    }
  }

  /** The account of an id, as it stands in a path or a proposal. */
  public Account find(Connection connection, String id) throws SQLException {
    return accounts
        .byId(connection, UUID.fromString(id))
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such account."));
  }

  List<Account> after(Connection connection, Account.Kind kind, UUID id, int limit)
      throws SQLException {
    return accounts.after(connection, kind, id, limit);
  }

  /** Says of whom, and on whose word. */
  public JournalEntry entry(Mandate mandate, String act, Account account) {
    boolean citizen = account.kind() == Account.Kind.CITIZEN;
    return mandate
        .signed(JournalEntry.ofAdministration(RequestId.current(), clock.instant(), act))
        .with("account_kind", account.kind().word())
        .with("account", citizen ? "" : account.id().toString())
        .with("agency", account.agencyId().orElse(""))
        .with("roles", account.roles().stream().map(Role::word).sorted().toList())
        .with("assurance", account.assurance().word());
  }

  private static boolean active(Connection connection, @Nullable String agency)
      throws SQLException {
    return agency != null && Agencies.find(connection, agency).filter(Agency::active).isPresent();
  }

  private static Account with(Account account, Account.Status status) {
    return new Account(
        account.id(),
        account.kind(),
        account.userName(),
        account.name(),
        account.agencyId(),
        account.office(),
        account.roles(),
        status,
        account.assurance(),
        account.version(),
        account.createdAt());
  }
}
