package org.mekong.identity.officer.activation;

import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bouncycastle.util.encoders.Base32;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.Secrets;
import org.mekong.identity.access.Members;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Credentials;
import org.mekong.identity.account.password.PasswordRefused;
import org.mekong.identity.account.sealing.Vault;
import org.mekong.identity.approval.Administration;
import org.mekong.identity.approval.Mandate;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.officer.AccountRegistrar;

/**
 * How a person gets a password and one-time codes: by a code of two halves. Where two
 * administrators act, one has the first half and the other the second, and neither can take the
 * account for themselves; the person puts them together.
 */
@Singleton
public class Activations {
  private static final Duration LASTS = Duration.ofDays(7);
  private static final Pattern HALF = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String TOTP = "totp offered";
  private static final String OPEN =
      "INSERT INTO activation (account_id, digest, expires_at) VALUES (?, ?, ?)"
          + " ON CONFLICT (account_id) DO UPDATE SET digest = excluded.digest,"
          + " expires_at = excluded.expires_at, totp_jwe = NULL";
  private static final String FIND =
      "SELECT account_id, totp_jwe FROM activation WHERE digest = ? AND expires_at > ? FOR UPDATE";

  private final Accounts accounts;
  private final Credentials credentials;
  private final AccountRegistrar registrar;
  private final Vault vault;
  private final String issuer;
  private final Clock clock;

  /**
   * What is kept of the first half until the second is made.
   *
   * @param digest SHA-256, base64url
   */
  public record FirstHalf(String digest) {}

  /** What is shown once to whoever makes it. */
  public record SecondHalf(UUID account, String secondHalf, Instant expiresAt) {}

  /** Where somebody is with their code. */
  sealed interface Step {
    /** The code is not known, is used or has expired. */
    record Unknown() implements Step {}

    /**
     * They are to choose a password, and to show that they have the secret.
     *
     * @param faults what of their last try was not good: a field's name, and the key of a text
     */
    record Offered(ActivationOffer offer, Map<String, String> faults) implements Step {
      public Offered {
        faults = Map.copyOf(faults);
      }
    }

    /** They can sign in. */
    record Done() implements Step {}
  }

  private record Pending(Account account, String sealedSecret) {}

  Activations(
      Accounts accounts,
      Credentials credentials,
      AccountRegistrar registrar,
      Vault vault,
      NodeConfig node,
      Clock clock) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.registrar = registrar;
    this.vault = vault;
    this.issuer = "Mekong " + node.nation();
    this.clock = clock;
  }

  /** Makes the second half; a code that was made for the account before is none any more. */
  public Outcome open(Transaction transaction, Mandate mandate, String target, FirstHalf first)
      throws SQLException {
    Account account = registrar.find(transaction.connection(), target);
    if (!account.active()) {
      throw Problem.CONFLICT.because("This account is suspended or closed.");
    }
    String second = Secrets.next();
    Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(LASTS);
    try (PreparedStatement open = transaction.connection().prepareStatement(OPEN)) {
      open.setObject(1, account.id());
      open.setBytes(2, digest(first.digest(), second));
      open.setObject(3, until.atOffset(ZoneOffset.UTC));
      open.executeUpdate();
    }
    transaction.record(registrar.entry(mandate, "account_activation_opened", account));
    return new Outcome(201, new SecondHalf(account.id(), second, until));
  }

  /** Digest of a first half, as {@link FirstHalf} has it. */
  public static FirstHalf firstHalf(String half) {
    return new FirstHalf(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.digest(half)));
  }

  /** Offers a new secret of one-time codes to the holder of both halves. */
  ActivationOffer offer(Transaction transaction, String code) throws SQLException {
    Pending pending = find(transaction.connection(), code);
    byte[] secret = Credentials.newSecret();
    try (PreparedStatement update =
        transaction
            .connection()
            .prepareStatement("UPDATE activation SET totp_jwe = ? WHERE account_id = ?")) {
      update.setString(1, vault.seal(TOTP, pending.account().id(), secret));
      update.setObject(2, pending.account().id());
      update.executeUpdate();
    }
    return offer(pending.account(), secret);
  }

  /** What was offered last to the holder of both halves; a new secret where there was nothing. */
  ActivationOffer offered(Transaction transaction, String code) throws SQLException {
    Pending pending = find(transaction.connection(), code);
    return pending.sealedSecret().isEmpty()
        ? offer(transaction, code)
        : offer(
            pending.account(), vault.open(TOTP, pending.account().id(), pending.sealedSecret()));
  }

  private ActivationOffer offer(Account account, byte[] secret) {
    String shown = Base32.toBase32String(secret);
    String label = account.userName().orElse("citizen");
    return new ActivationOffer(
        shown,
        "otpauth://totp/%s:%s?secret=%s&issuer=%s"
            .formatted(escaped(issuer), escaped(label), shown, escaped(issuer)));
  }

  /** Sets password and one-time codes, when both are good, and spends the code. */
  void complete(Transaction transaction, String code, String password, String oneTimeCode)
      throws SQLException {
    Connection connection = transaction.connection();
    Pending pending = find(connection, code);
    Account account = pending.account();
    Members members = new Members();
    if (pending.sealedSecret().isEmpty()
        || !credentials.enrolTotp(
            connection,
            account,
            vault.open(TOTP, account.id(), pending.sealedSecret()),
            oneTimeCode)) {
      members.require(false, "oneTimeCode", "the code that is shown now for the secret offered");
    }
    try {
      credentials.setPassword(connection, account, password);
    } catch (PasswordRefused refused) {
      members.require(false, "password", refused.getMessage());
    }
    members.check();
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM activation WHERE account_id = ?")) {
      delete.setObject(1, account.id());
      delete.executeUpdate();
    }
    registrar.endAll(transaction, account.id());
    Mandate own = Mandate.alone("activation-code");
    transaction.record(registrar.entry(own, "account_activated", account));
    Administration.endSetupWhenTwo(
        transaction,
        own.signed(
            JournalEntry.ofAdministration(
                RequestId.current(), clock.instant(), "initial_setup_ended")),
        clock.instant());
  }

  private Pending find(Connection connection, String code) throws SQLException {
    String[] halves = code.split("\\.", -1);
    if (halves.length != 2
        || !HALF.matcher(halves[0]).matches()
        || !HALF.matcher(halves[1]).matches()) {
      throw unknown();
    }
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setBytes(1, digest(firstHalf(halves[0]).digest(), halves[1]));
      select.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw unknown();
        }
        Account account = accounts.byId(connection, row.getObject(1, UUID.class)).orElseThrow();
        if (!account.active()) {
          throw unknown();
        }
        String sealed = row.getString(2);
        return new Pending(account, sealed == null ? "" : sealed);
      }
    }
  }

  private static RuntimeException unknown() {
    return Problem.NOT_FOUND.because(
        "This code is not known, is used or has expired: ask for a new one.");
  }

  private static byte[] digest(String firstDigest, String second) {
    return Secrets.digest(firstDigest + '.' + second);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
