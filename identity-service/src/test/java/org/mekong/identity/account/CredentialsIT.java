package org.mekong.identity.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.password.PasswordRefused;
import org.mekong.identity.testing.TestNode;

/** Who is found and by what they prove who they are; what is refused, and what is kept. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class CredentialsIT {
  private static final String PASSWORD = "2 con trâu, 7 cây mít";

  @Inject Accounts accounts;
  @Inject Credentials credentials;
  @Inject DataSource database;

  @Test
  void nobodyIsFoundByWhatIsNoLogin() {
    for (String login :
        List.of("", " ", "x", "nobody.here", "079099999999", "' OR 1=1", "0".repeat(5000), "\0")) {
      assertEquals(Optional.empty(), accounts.findByLogin(login), login);
    }
    assertEquals(Optional.empty(), accounts.byId(UUID.randomUUID()));
  }

  @Test
  void nobodyProvesAnything() throws Exception {
    Account withNothing = administrator(Account.Status.ACTIVE);
    Account suspended = enrolled(administrator(Account.Status.SUSPENDED), new byte[20]);
    for (Account account : java.util.Arrays.asList(null, withNothing, suspended)) {
      assertFalse(credentials.check(account, PASSWORD));
      assertFalse(credentials.check(account, ""));
      assertFalse(credentials.checkTotp(account, code(new byte[20], 0)));
    }
    Account good = enrolled(administrator(Account.Status.ACTIVE), new byte[20]);
    assertFalse(credentials.check(good, PASSWORD + " "));
    assertFalse(credentials.check(good, ""));
    assertFalse(credentials.check(good, PASSWORD.repeat(1000)));
    assertTrue(credentials.check(good, PASSWORD));
    for (String code :
        List.of("", "0", "abcdef", "1234567", "٣٣٣٣٣٣", code(new byte[20], -3), "\0")) {
      assertFalse(credentials.checkTotp(good, code), code);
    }
  }

  @Test
  void aPasswordOfTheListOrOfItsOwnerIsNotSet() throws Exception {
    Account account = enrolled(administrator(Account.Status.ACTIVE), new byte[20]);
    try (Connection connection = database.getConnection()) {
      for (String password :
          List.of("Password2026", account.userName().orElseThrow() + "!xkQ", "short")) {
        assertThrows(
            PasswordRefused.class, () -> credentials.setPassword(connection, account, password));
      }
    }
    assertTrue(credentials.check(account, PASSWORD));
  }

  @Test
  void ofSimultaneousUsesOfACodeOneIsTaken() throws Exception {
    byte[] secret = Credentials.newSecret();
    Account account = enrolled(administrator(Account.Status.ACTIVE), secret);
    String code = code(secret, 0);
    List<Callable<Boolean>> attempts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      attempts.add(() -> credentials.checkTotp(account, code));
    }
    int taken = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
        taken += attempt.get() ? 1 : 0;
      }
    }
    assertEquals(1, taken);
    assertTrue(credentials.checkTotp(account, code(secret, 1)), "the next code is another");
    assertFalse(credentials.checkTotp(account, code(secret, 1)), "once");
  }

  @Test
  void aCitizenIsFoundByTheirNumberHoweverTypedAndTheNumberIsNotReadable() throws Exception {
    String number = "0791%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    Account citizen = account(Account.Kind.CITIZEN, Account.Status.ACTIVE);
    try (Connection connection = database.getConnection()) {
      assertTrue(accounts.addCitizen(connection, citizen, number));
      assertFalse(
          accounts.addCitizen(
              connection, account(Account.Kind.CITIZEN, Account.Status.ACTIVE), number));
      assertThrows(
          PasswordRefused.class,
          () -> credentials.setPassword(connection, citizen, "my own " + number));
      assertEquals(Optional.of(number), accounts.personalNumber(connection, citizen.id()));
    }
    String spaced = " " + number.substring(0, 4) + " " + number.substring(4, 8) + "-";
    assertEquals(citizen.id(), accounts.findByLogin(number).orElseThrow().id());
    assertEquals(
        citizen.id(), accounts.findByLogin(spaced + number.substring(8)).orElseThrow().id());
    assertFalse(accounts.findByLogin(number).toString().contains(number));
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT row_to_json(a)::text FROM account a WHERE id = ?")) {
      select.setObject(1, citizen.id());
      try (ResultSet row = select.executeQuery()) {
        assertTrue(row.next());
        assertFalse(row.getString(1).contains(number));
      }
    }
  }

  @Test
  void aSealedSecretDoesNotFitAnotherAccount() throws Exception {
    byte[] secret = Credentials.newSecret();
    Account from = enrolled(administrator(Account.Status.ACTIVE), secret);
    Account to = enrolled(administrator(Account.Status.ACTIVE), Credentials.newSecret());
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE account_totp SET secret_jwe ="
                    + " (SELECT secret_jwe FROM account_totp WHERE account_id = ?)"
                    + " WHERE account_id = ?")) {
      update.setObject(1, from.id());
      update.setObject(2, to.id());
      update.executeUpdate();
    }
    assertThrows(IllegalStateException.class, () -> credentials.checkTotp(to, code(secret, 0)));
  }

  private Account enrolled(Account account, byte[] secret) throws Exception {
    try (Connection connection = database.getConnection()) {
      credentials.setPassword(connection, account, PASSWORD);
      credentials.enrolTotp(connection, account, secret);
    }
    return account;
  }

  private Account administrator(Account.Status status) throws Exception {
    Account account = account(Account.Kind.ADMINISTRATOR, status);
    try (Connection connection = database.getConnection()) {
      assertTrue(accounts.add(connection, account));
    }
    assertEquals(
        Optional.of(account),
        accounts.findByLogin(account.userName().orElseThrow().toUpperCase(java.util.Locale.ROOT)));
    return account;
  }

  private static Account account(Account.Kind kind, Account.Status status) {
    UUID id = UUID.randomUUID();
    boolean citizen = kind == Account.Kind.CITIZEN;
    return new Account(
        id,
        kind,
        citizen ? Optional.empty() : Optional.of("u" + id.toString().substring(0, 12)),
        citizen ? "" : "Trần Thị Thảo",
        Optional.empty(),
        "",
        citizen ? Set.of() : Set.of(Role.REGISTRY_ADMINISTRATOR),
        status,
        Assurance.SUBSTANTIAL,
        1,
        Instant.parse("2026-11-22T00:00:00Z"));
  }

  private static String code(byte[] secret, int steps) throws Exception {
    TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
    return codes.generateOneTimePasswordString(
        new SecretKeySpec(secret, codes.getAlgorithm()), Instant.now().plusSeconds(steps * 30L));
  }
}
