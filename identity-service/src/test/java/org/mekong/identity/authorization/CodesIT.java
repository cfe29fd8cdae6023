package org.mekong.identity.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.rar.AuthorizationType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mekong.identity.Secrets;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** FAPI 2.0 section 5.3.2.2, RFC 6749 section 4.1.2: codes are short-lived and of single use. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class CodesIT {
  @Inject Codes codes;
  @Inject Journal journal;

  @Test
  void givesTheGrantOnceAndThenNamesItAsReused() {
    String client = TestSystem.registered().clientId();
    AuthorizationGrant grant = grant(client);
    String code = issue(grant);

    assertEquals(new Redemption.Redeemed(grant), redeem(code, client));
    assertEquals(new Redemption.Reused(grant.id()), redeem(code, client));
    assertEquals(new Redemption.Reused(grant.id()), redeem(code, client));
  }

  @Test
  void anotherClientsAttemptIsRefusedAndSpendsNothing() {
    String client = TestSystem.registered().clientId();
    AuthorizationGrant grant = grant(client);
    String code = issue(grant);

    assertEquals(new Redemption.Unknown(), redeem(code, "mekong-administrator"));
    assertEquals(new Redemption.Redeemed(grant), redeem(code, client));
  }

  @Test
  void aMadeUpCodeIsUnknown() {
    assertEquals(new Redemption.Unknown(), redeem("", "mekong-administrator"));
    assertEquals(new Redemption.Unknown(), redeem(Secrets.next(), "mekong-administrator"));
  }

  @Test
  void aCodeOfAMinuteAgoIsUnknownAndItsReuseIsNamed() {
    String client = TestSystem.registered().clientId();
    AuthorizationGrant grant = grant(client);
    String code = Secrets.next();
    Instant then = Instant.now().minus(Codes.LIFETIME);
    journal.transact(
        transaction -> {
          Grants.add(
              transaction.connection(), grant, Secrets.digest(code), then, then.plusSeconds(60));
          return code;
        });

    assertEquals(new Redemption.Unknown(), redeem(code, client));
    assertEquals(new Redemption.Reused(grant.id()), redeem(code, client));
  }

  @Test
  void ofSimultaneousAttemptsOneGetsTheGrant() throws Exception {
    String client = TestSystem.registered().clientId();
    String code = issue(grant(client));
    int attempts = 6;
    List<Redemption> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(attempts)) {
      List<Future<Redemption>> running = new ArrayList<>();
      for (int i = 0; i < attempts; i++) {
        running.add(threads.submit(() -> redeem(code, client)));
      }
      for (Future<Redemption> each : running) {
        outcomes.add(each.get());
      }
    }

    outcomes.sort(java.util.Comparator.comparing(each -> each.getClass().getSimpleName()));
    assertInstanceOf(Redemption.Redeemed.class, outcomes.getFirst());
    outcomes.subList(1, attempts).forEach(each -> assertInstanceOf(Redemption.Reused.class, each));
  }

  private String issue(AuthorizationGrant grant) {
    return journal.transact(transaction -> codes.issue(transaction.connection(), grant)).getValue();
  }

  private Redemption redeem(String code, String client) {
    return journal.transact(transaction -> codes.redeem(transaction.connection(), code, client));
  }

  private static AuthorizationGrant grant(String client) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new AuthorizationGrant(
        UUID.randomUUID(),
        client,
        UUID.randomUUID(),
        UUID.randomUUID(),
        Set.of("openid", "lookup"),
        List.of(
            new AuthorizationDetail.Builder(new AuthorizationType("population_lookup")).build()),
        List.of(TestSystem.GATEWAY),
        Optional.of("{\"id_token\": {\"acr\": null}}"),
        "https://app.example/cb",
        Optional.of("n"),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        Optional.empty(),
        "urn:mekong:loa:substantial",
        List.of("pwd", "otp"),
        now,
        now.plus(Duration.ofDays(30)));
  }
}
