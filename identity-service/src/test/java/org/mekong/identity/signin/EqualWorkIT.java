package org.mekong.identity.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Credentials;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.interaction.Interaction;
import org.mekong.identity.interaction.Pushed;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.page.Language;
import org.mekong.identity.signin.throttle.Attempt;
import org.mekong.identity.testing.CountedDatabase;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestNode;

/**
 * A sign-in that fails costs the same whoever it was for: as many passwords hashed, and the same
 * statements in the same order. So its time tells nothing but the noise.
 */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class EqualWorkIT {
  private static final String WRONG = "sai mat khau 2026!";
  private static int networks = 1;

  @Inject SignIn signIn;
  @Inject DataSource real;
  @Inject Journal journal;
  @Inject Accounts accounts;
  @Inject Credentials credentials;
  @Inject MeterRegistry meters;

  private CountedDatabase database;

  /** What an attempt costs. */
  private record Work(int hashes, List<String> statements, Class<?> outcome) {}

  @BeforeEach
  void count() {
    database = new CountedDatabase(real, journal, accounts, credentials);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void aFailureCostsTheSameForEveryKindOfAccount() {
    TestAccount known = TestAccount.citizen(Assurance.LOW);
    TestAccount closed = TestAccount.citizen(Assurance.LOW);
    closed.close();
    TestAccount forgotten = TestAccount.citizen(Assurance.LOW);
    withoutCredentials(forgotten.account());
    Work unknown = work(newNetwork(), "000000000001", WRONG, "123456");

    assertEquals(1, unknown.hashes());
    assertFalse(unknown.statements().isEmpty());
    assertEquals(SignIn.Outcome.Wrong.class, unknown.outcome());
    assertEquals(unknown, work(newNetwork(), known.login(), WRONG, "123456"));
    assertEquals(unknown, work(newNetwork(), known.login(), WRONG, known.code()));
    assertEquals(unknown, work(newNetwork(), known.login(), TestAccount.PASSWORD, "12345"));
    assertEquals(unknown, work(newNetwork(), closed.login(), TestAccount.PASSWORD, closed.code()));
    assertEquals(unknown, work(newNetwork(), forgotten.login(), WRONG, "123456"));
    assertEquals(unknown, work(newNetwork(), known.login(), "x".repeat(30_000), "123456"));
  }

  @Test
  void whoHasToWaitCostsTheSameWhetherTheyExist() {
    TestAccount known = TestAccount.citizen(Assurance.LOW);
    String here = newNetwork();
    String there = newNetwork();
    Work ofKnown = work(here, known.login(), WRONG, "123456");
    Work ofUnknown = work(there, "000000000002", WRONG, "123456");
    for (int i = 0; i < 20 && ofKnown.outcome() != SignIn.Outcome.Wait.class; i++) {
      assertEquals(ofUnknown, ofKnown);
      ofKnown = work(here, known.login(), WRONG, "123456");
      ofUnknown = work(there, "000000000002", WRONG, "123456");
    }

    assertEquals(SignIn.Outcome.Wait.class, ofKnown.outcome());
    assertEquals(0, ofKnown.hashes(), "who waits makes nobody hash");
    assertEquals(ofUnknown, ofKnown);
    assertEquals(
        ofKnown, work(here, known.login(), TestAccount.PASSWORD, known.code()), "right or wrong");
  }

  private Work work(String network, String login, String password, String code) {
    double before = hashes();
    database.statements();
    SignIn.Outcome outcome =
        signIn.attempt(
            interaction(),
            Typed.of(login, password, code),
            Attempt.of(login, network, Optional.empty()),
            Optional.empty());
    return new Work((int) (hashes() - before), database.statements(), outcome.getClass());
  }

  private double hashes() {
    return meters.counter(Credentials.HASHES).count();
  }

  private static synchronized String newNetwork() {
    return "192.0.2." + networks++;
  }

  private void withoutCredentials(Account account) {
    journal.transact(
        transaction -> {
          credentials.forget(transaction.connection(), account);
          return account;
        });
  }

  /** What somebody would sign in for; a failure never looks at it. */
  private static Interaction interaction() {
    try {
      AskedFor asked =
          AskedFor.of(
              java.util.Map.of(
                  "client_id", List.of("vn-nobody"),
                  "response_type", List.of("code"),
                  "redirect_uri", List.of("https://portal.example/callback")));
      return new Interaction(
          "id",
          new Pushed("key", asked, Optional.empty(), java.time.Instant.MAX),
          Language.VI,
          Optional.empty(),
          Optional.empty(),
          java.time.Instant.MAX);
    } catch (com.nimbusds.oauth2.sdk.ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
