package org.mekong.identity.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.identity.Secrets;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.testing.TestNode;

@QuarkusTest
@QuarkusTestResource(TestNode.class)
class SessionsIT {
  private static final String ACR = "urn:mekong:loa:low";

  @Inject Sessions sessions;
  @Inject Journal journal;

  @Test
  void isFoundByItsSecretAloneAndNotAfterItsEnd() {
    Sessions.Opened opened = open(Optional.empty(), UUID.randomUUID());

    assertEquals(Optional.of(opened.session()), current(opened.secret()));
    assertEquals(Optional.empty(), current(opened.session().id().toString()));
    assertEquals(Optional.empty(), current(Secrets.next()));
    assertEquals(Optional.empty(), current(""));
    assertEquals(Optional.empty(), current(null));

    assertTrue(end(opened.session().id()));
    assertFalse(end(opened.session().id()));
    assertEquals(Optional.empty(), current(opened.secret()));
  }

  @Test
  void signingInAgainChangesTheSecretAndKeepsTheSession() {
    UUID person = UUID.randomUUID();
    Sessions.Opened first = open(Optional.empty(), person);
    Sessions.Opened second = open(Optional.of(first.session()), person);

    assertEquals(first.session().id(), second.session().id());
    assertNotEquals(first.secret(), second.secret());
    assertEquals(Optional.empty(), current(first.secret()));
  }

  @Test
  void somebodyElseSigningInEndsTheSessionBefore() {
    Sessions.Opened first = open(Optional.empty(), UUID.randomUUID());
    Sessions.Opened second = open(Optional.of(first.session()), UUID.randomUUID());

    assertNotEquals(first.session().id(), second.session().id());
    assertEquals(Optional.empty(), current(first.secret()));
    assertEquals(Optional.of(second.session()), current(second.secret()));
  }

  @Test
  void cookieIsHeldToThisHostAndAwayFromScripts() {
    String cookie = open(Optional.empty(), UUID.randomUUID()).cookie();

    assertTrue(cookie.startsWith("__Host-"));
    for (String attribute : List.of("Path=/", "Secure", "HttpOnly", "SameSite=Lax")) {
      assertTrue(cookie.contains("; " + attribute), attribute);
    }
    assertFalse(cookie.contains("Domain"));
  }

  private Sessions.Opened open(Optional<Session> before, UUID person) {
    return journal.transact(
        transaction ->
            sessions.open(transaction.connection(), before, person, ACR, List.of("pwd")));
  }

  private Optional<Session> current(String secret) {
    return journal.transact(transaction -> sessions.current(transaction.connection(), secret));
  }

  private boolean end(UUID id) {
    return journal.transact(transaction -> sessions.end(transaction.connection(), id));
  }
}
