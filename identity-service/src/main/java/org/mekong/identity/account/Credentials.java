package org.mekong.identity.account;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Problem;
import org.mekong.identity.account.password.Argon2id;
import org.mekong.identity.account.password.PasswordRefused;
import org.mekong.identity.account.password.PasswordRules;
import org.mekong.identity.account.sealing.Vault;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.singleuse.SingleUse;

/**
 * By what people prove who they are: a password and a one-time code by clock (RFC 6238). Whether an
 * account exists, has a password or may be used makes no difference to what is done, nor to how
 * long it takes.
 */
@Singleton
public class Credentials {
  /** Bytes of a secret of one-time codes (RFC 4226 section 4). */
  private static final int SECRET_BYTES = 20;

  /** Meter that counts the passwords that were hashed: what costs most here. */
  public static final String HASHES = "mekong.password.hashes";

  private static final String TOTP = "totp";
  private static final int STEPS_ASIDE = 1;
  private static final int LONGEST_PASSWORD = 1024;
  private static final int LONGEST_WAIT_SECONDS = 5;
  private static final UUID NOBODY = new UUID(0, 0);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DataSource database;
  private final Vault vault;
  private final Accounts accounts;
  private final Clock clock;
  private final PostgresSingleUseStore used;
  private final Counter hashes;
  private final Argon2id.Hash decoyHash = Argon2id.of(UUID.randomUUID().toString());
  private final String decoySecret;
  private final TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();

  /** Each hash holds 19 MiB: so many at once, whatever number signs in. */
  private final Semaphore hashing =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  Credentials(
      DataSource database, Vault vault, Accounts accounts, Clock clock, MeterRegistry meters) {
    this.hashes = meters.counter(HASHES);
    this.database = database;
    this.vault = vault;
    this.accounts = accounts;
    this.clock = clock;
    this.used = new PostgresSingleUseStore(database);
    this.decoySecret = vault.seal(TOTP, NOBODY, newSecret());
  }

  /**
   * Whether a password is that of an active account.
   *
   * @param account null for one that was not found: the same work is done, and the answer is no
   * @throws JournalUnavailable when the database fails
   */
  public boolean check(@Nullable Account account, String password) {
    UUID id = account == null ? NOBODY : account.id();
    Optional<Argon2id.Hash> kept = CredentialTable.ask(database, c -> CredentialTable.hash(c, id));
    boolean typed = password.length() <= LONGEST_PASSWORD;
    boolean same = hashing(() -> Argon2id.matches(kept.orElse(decoyHash), typed ? password : ""));
    if (same && typed && kept.isPresent() && !kept.get().costs().equals(Argon2id.COSTS)) {
      Argon2id.Hash renewed = hashing(() -> Argon2id.of(password));
      CredentialTable.ask(database, c -> CredentialTable.keep(c, id, renewed, clock.instant()));
    }
    return same && typed && kept.isPresent() && account != null && account.active();
  }

  /**
   * Whether a one-time code is that of an active account now; half a minute early or late is good
   * too. A code that was accepted once is no code any more, on any replica.
   *
   * @param account null for one that was not found: the same work is done, and the answer is no
   * @throws JournalUnavailable when the database fails
   */
  public boolean checkTotp(@Nullable Account account, String code) {
    UUID id = account == null ? NOBODY : account.id();
    Optional<String> kept = CredentialTable.ask(database, c -> CredentialTable.secret(c, id));
    byte[] secret = vault.open(TOTP, kept.isPresent() ? id : NOBODY, kept.orElse(decoySecret));
    Optional<Long> step = step(secret, code);
    if (step.isEmpty() || kept.isEmpty() || account == null || !account.active()) {
      return false;
    }
    try {
      used.spend(use(id, step.get()), until(step.get()));
      return true;
    } catch (AlreadyUsed again) {
      return false;
    }
  }

  /** Whether the account has a password and one-time codes: then the person can sign in. */
  public boolean enrolled(Account account) {
    return CredentialTable.ask(
        database,
        c ->
            CredentialTable.hash(c, account.id()).isPresent()
                && CredentialTable.secret(c, account.id()).isPresent());
  }

  /**
   * Sets the password of an account within the caller's transaction, which writes the entry of the
   * journal.
   *
   * @throws PasswordRefused naming the rule it breaks; nothing is set then
   */
  public void setPassword(Connection connection, Account account, String password)
      throws PasswordRefused, SQLException {
    List<String> known = new ArrayList<>(List.of(account.name(), account.office()));
    account.userName().ifPresent(known::add);
    account.agencyId().ifPresent(known::add);
    accounts.personalNumber(connection, account.id()).ifPresent(known::add);
    PasswordRules.check(password, known);
    Argon2id.Hash hash = hashing(() -> Argon2id.of(password));
    CredentialTable.keep(connection, account.id(), hash, clock.instant());
  }

  /** A new secret of one-time codes, to be shown once to its owner. */
  public static byte[] newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /** Makes a secret that of an account, in place of another, within the caller's transaction. */
  public void enrolTotp(Connection connection, Account account, byte[] secret) throws SQLException {
    CredentialTable.keep(
        connection, account.id(), vault.seal(TOTP, account.id(), secret), clock.instant());
  }

  /**
   * Makes a secret that of an account when a code shows that its owner has it; the code is spent.
   *
   * @return false when the code is not that of now; nothing is changed then
   */
  public boolean enrolTotp(Connection connection, Account account, byte[] secret, String code)
      throws SQLException {
    Optional<Long> step = step(secret, code);
    if (step.isEmpty()) {
      return false;
    }
    try {
      PostgresSingleUseStore.spend(connection, use(account.id(), step.get()), until(step.get()));
    } catch (AlreadyUsed again) {
      return false;
    }
    enrolTotp(connection, account, secret);
    return true;
  }

  /** Takes password and one-time codes from an account, within the caller's transaction. */
  public void forget(Connection connection, Account account) throws SQLException {
    CredentialTable.forget(connection, account.id());
  }

  /** The step whose code it is; every step is looked at. */
  private Optional<Long> step(byte[] secret, String code) {
    long now = clock.instant().getEpochSecond() / codes.getTimeStep().toSeconds();
    Optional<Long> found = Optional.empty();
    for (long step = now - STEPS_ASIDE; step <= now + STEPS_ASIDE; step++) {
      if (MessageDigest.isEqual(ascii(codeAt(secret, step)), ascii(code))) {
        found = Optional.of(step);
      }
    }
    return found;
  }

  private String codeAt(byte[] secret, long step) {
    try {
      return codes.generateOneTimePasswordString(
          new SecretKeySpec(secret, codes.getAlgorithm()), startOf(step));
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException("a secret of our own", impossible);
    }
  }

  private static SingleUse use(UUID account, long step) {
    return new SingleUse(TOTP, account.toString(), Long.toString(step));
  }

  /** From when the code of a step is worthless by itself. */
  private Instant until(long step) {
    return startOf(step + 2 + 2 * STEPS_ASIDE);
  }

  private Instant startOf(long step) {
    return Instant.ofEpochSecond(step * codes.getTimeStep().toSeconds());
  }

  private static byte[] ascii(String code) {
    return code.getBytes(StandardCharsets.UTF_8);
  }

  private interface Hashing<T> {
    T run();
  }

  private <T> T hashing(Hashing<T> hash) {
    try {
      if (!hashing.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw Problem.UNAVAILABLE.because("Too many sign in at this moment.");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.UNAVAILABLE.because("This service is stopping.");
    }
    hashes.increment();
    try {
      return hash.run();
    } finally {
      hashing.release();
    }
  }
}
