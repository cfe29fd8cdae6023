package org.mekong.identity.testing;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.quarkus.arc.Arc;
import io.restassured.response.Response;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.account.Credentials;
import org.mekong.identity.account.Role;
import org.mekong.identity.account.password.PasswordRefused;
import org.mekong.identity.journal.Journal;

/**
 * A person with an account: signs in by password and one-time code.
 *
 * @param login personal number or user name
 */
public record TestAccount(Account account, String login, byte[] secret, AtomicInteger codes) {
  /** Everybody's password in tests. */
  public static final String PASSWORD = "nước chảy đá mòn 1975";

  /** A new citizen. */
  public static TestAccount citizen(Assurance assurance) {
    String number = "0" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
    return enrolled(
        account(Account.Kind.CITIZEN, Optional.empty(), Optional.empty(), Set.of(), assurance),
        number);
  }

  /** A new officer of an agency. */
  public static TestAccount officer(String agency, Role... roles) {
    String userName = "officer-" + UUID.randomUUID().toString().substring(0, 8);
    return enrolled(
        account(
            Account.Kind.OFFICER,
            Optional.of(userName),
            Optional.of(agency),
            Set.of(roles),
            Assurance.HIGH),
        userName);
  }

  private static Account account(
      Account.Kind kind,
      Optional<String> userName,
      Optional<String> agency,
      Set<Role> roles,
      Assurance assurance) {
    return new Account(
        UUID.randomUUID(),
        kind,
        userName,
        "",
        agency,
        "",
        roles,
        Account.Status.ACTIVE,
        assurance,
        1,
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static TestAccount enrolled(Account account, String login) {
    Accounts accounts = Arc.container().instance(Accounts.class).get();
    Credentials credentials = Arc.container().instance(Credentials.class).get();
    byte[] secret = Credentials.newSecret();
    Arc.container()
        .instance(Journal.class)
        .get()
        .transact(
            transaction -> {
              boolean added =
                  account.userName().isPresent()
                      ? accounts.add(transaction.connection(), account)
                      : accounts.addCitizen(transaction.connection(), account, login);
              if (!added) {
                throw new IllegalStateException("the account exists");
              }
              try {
                credentials.setPassword(transaction.connection(), account, PASSWORD);
              } catch (PasswordRefused refused) {
                throw new IllegalStateException(refused);
              }
              credentials.enrolTotp(transaction.connection(), account, secret);
              return account;
            });
    return new TestAccount(account, login, secret, new AtomicInteger());
  }

  /** The two halves of an activation code for a new citizen. */
  public static String[] handed() {
    String number = "0" + ThreadLocalRandom.current().nextLong(10_000_000_000L, 99_999_999_999L);
    TestSystem administrator = TestSystem.administrator();
    String id =
        administrator
            .post(
                "/admin/v1/accounts",
                Map.of("kind", "citizen", "personalNumber", number, "assurance", "low"))
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    String path = "/admin/v1/accounts/" + id + "/activation";
    Response handed = administrator.authorised("POST", path).post(path);
    return new String[] {handed.path("firstHalf"), handed.path("outcome.secondHalf")};
  }

  /** The one-time code of now of a secret as a page shows it. */
  public static String codeOf(String shown) throws InvalidKeyException {
    TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
    return generator.generateOneTimePasswordString(
        new SecretKeySpec(Base32.decode(shown.replaceAll("\\s", "")), generator.getAlgorithm()),
        Instant.now());
  }

  /** Closes the account. */
  public void close() {
    Arc.container()
        .instance(Journal.class)
        .get()
        .transact(
            transaction ->
                Arc.container()
                    .instance(Accounts.class)
                    .get()
                    .change(
                        transaction.connection(),
                        new Account(
                            account.id(),
                            account.kind(),
                            account.userName(),
                            account.name(),
                            account.agencyId(),
                            account.office(),
                            account.roles(),
                            Account.Status.CLOSED,
                            account.assurance(),
                            account.version(),
                            account.createdAt()),
                        Instant.now()));
  }

  /** A code that was not used yet; three times, as early and late ones are good. */
  public String code() {
    TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
    int shift = new int[] {0, 30, -30}[codes.getAndIncrement() % 3];
    try {
      return generator.generateOneTimePasswordString(
          new SecretKeySpec(secret, generator.getAlgorithm()), Instant.now().plusSeconds(shift));
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
