package org.mekong.gateway.administration.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.ECKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.peer.KeptPeer;
import org.mekong.gateway.peer.KeptPeers;
import org.mekong.gateway.peer.PeerDescription;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.testing.Administered;
import org.mekong.gateway.testing.PeerDouble;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAdministrator;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestAgency.Answer;
import org.mekong.gateway.testing.TestPeer;
import org.mekong.gateway.transport.Callers;

/** A peer is what two administrators have pinned, and everybody follows at once. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PeerAdminIT {

  private static final String PATH = "/admin/v1/peers";

  Surroundings around;
  @Inject Peers peers;
  @Inject Transactions transactions;
  @Inject Callers callers;

  private TestAdministrator first;
  private TestAdministrator second;

  @BeforeEach
  void administrators() {
    first = new TestAdministrator(around, "operations-1");
    second = new TestAdministrator(around, "operations-2");
  }

  @AfterEach
  void forget() throws Exception {
    Administered.forget(transactions);
    peers.refresh();
  }

  private static String peer(String nation, String keys) {
    return """
    {"nation": "%s", "url": "https://gateway.%s.mekong.example",
     "certificates": [{"subject": "CN=gateway.%s.mekong.example"}], "keys": [%s]}"""
        .formatted(nation, nation, nation, keys);
  }

  private static String key(ECKey key) {
    return "{\"jwk\": " + key.toPublicJWK().toJSONString() + "}";
  }

  private static String key(ECKey key, Instant until) {
    return "{\"jwk\": " + key.toPublicJWK().toJSONString() + ", \"until\": \"" + until + "\"}";
  }

  private static String approval(Answer proposed) {
    assertEquals(201, proposed.status(), proposed.response().body());
    return PATH + "/proposals/" + proposed.body().path("id").asText() + "/approval";
  }

  private void put(String peer) {
    Answer approved = second.post(approval(first.post(PATH, peer)), "{}");
    assertEquals(200, approved.status(), approved.response().body());
  }

  private void assertRefused(int status, String rule, Answer answer) {
    assertEquals(status, answer.status(), answer.response().body());
    assertEquals(rule, answer.rule(), answer.response().body());
  }

  @Test
  void aPeerIsThereWhenAnotherAdministratorApprovesItAndNotBefore() {
    var published = new PublishedLog(around);
    long before = published.size();
    Answer proposed = first.post(PATH, peer("MM", key(PeerDouble.newKey("mm"))));

    assertTrue(peers.find("MM").isEmpty());
    assertRefused(403, "approval/same-administrator", first.post(approval(proposed), "{}"));
    assertTrue(peers.find("MM").isEmpty());
    assertEquals(200, second.post(approval(proposed), "{}").status());

    assertTrue(peers.find("MM").isPresent());
    assertEquals("active", first.get(PATH + "/MM").body().path("state").asText());
    assertRefused(409, "approval/approved", second.post(approval(proposed), "{}"));
    assertEquals(
        List.of("peer_proposed", "peer_changed"),
        published.entriesFrom(before).stream()
            .filter(entry -> entry.path("nation").asText().equals("MM"))
            .map(entry -> entry.path("act").asText())
            .toList());
  }

  @Test
  void aRejectedProposalChangesNothing() {
    Answer proposed = first.post(PATH, peer("TL", key(PeerDouble.newKey("tl"))));
    String rejection = approval(proposed).replace("approval", "rejection");

    assertEquals(200, first.post(rejection, "{}").status());

    assertRefused(409, "approval/rejected", second.post(approval(proposed), "{}"));
    assertTrue(peers.find("TL").isEmpty());
  }

  @Test
  void aProposalHoldsOnlyForThePeerThatWasSeen() {
    Answer early = first.post(PATH, peer("BN", key(PeerDouble.newKey("bn-1"))));
    put(peer("BN", key(PeerDouble.newKey("bn-2"))));

    assertRefused(409, "peer/changed", second.post(approval(early), "{}"));
  }

  @Test
  void oldAndNewKeyAreBothGoodUntilTheStatedTime() {
    ECKey old = PeerDouble.newKey("ph-old");
    ECKey fresh = PeerDouble.newKey("ph-new");
    put(peer("PH", key(old)));
    Instant end = Instant.now().plusSeconds(600);
    put(peer("PH", key(old, end) + "," + key(fresh)));

    assertEquals(2, peers.find("PH").orElseThrow().keys().size());

    Peers later =
        new Peers(transactions, callers, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(601)));
    assertEquals(
        List.of("ph-new"),
        later.find("PH").orElseThrow().keys().getKeys().stream()
            .map(com.nimbusds.jose.jwk.JWK::getKeyID)
            .toList());
    assertEquals(2, later.find("PH").orElseThrow().formerKeys().size());
  }

  @Test
  void aKeyEndsWithoutAChangeInTheDatabase() throws Exception {
    ECKey old = PeerDouble.newKey("id-old");
    put(peer("ID", key(old, Instant.now().plusSeconds(60)) + "," + key(PeerDouble.newKey("id"))));
    var clock = new MovedClock();
    Peers watched = new Peers(transactions, callers, clock);
    assertEquals(2, watched.find("ID").orElseThrow().keys().size());

    clock.moved = Duration.ofSeconds(61);

    assertEquals(1, watched.find("ID").orElseThrow().keys().size());
  }

  private static final class MovedClock extends Clock {
    private Duration moved = Duration.ZERO;

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(moved);
    }
  }

  @Test
  void whatAnotherReplicaChangesIsSeenWithinSeconds() throws Exception {
    PeerDescription description = KeptPeers.parse(peer("SG", key(PeerDouble.newKey("sg"))));
    transactions.in(
        (Connection connection) -> {
          Revision.PEERS.advance(connection);
          KeptPeers.put(connection, new KeptPeer(description, 1, false, false), Instant.now());
          return true;
        });

    Instant deadline = Instant.now().plusSeconds(10);
    while (peers.find("SG").isEmpty() && Instant.now().isBefore(deadline)) {
      Thread.sleep(100);
    }

    assertTrue(peers.find("SG").isPresent());
  }

  @Test
  void whatCannotBeAPeerIsRefused() {
    ECKey key = PeerDouble.newKey("kr");
    String good = peer("KR", key(key));
    for (String wrong :
        List.of(
            good.replace("https:", "http:"),
            good.replace("\"KR\"", "\"VN\""),
            good.replace("\"KR\"", "\"Korea\""),
            good.replace("CN=gateway.KR.mekong.example", "somebody"),
            good.replace("CN=gateway.KR.mekong.example", "CN=gateway.la.mekong.example"),
            peer("KR", ""),
            peer("KR", "{\"jwk\": " + key.toJSONString() + "}"),
            peer("KR", key(key) + "," + key(key)),
            peer("KR", key(around.gatewayKey())),
            peer("KR", key(around.peerDouble().key())),
            peer("KR", key(key, Instant.now().minusSeconds(1))),
            good.replace("\"keys\"", "\"logKeys\": [\"x\"], \"keys\""))) {
      assertRefused(422, "peer/description", first.post(PATH, wrong));
    }
    assertEquals(400, first.post(PATH, good.replace("\"url\"", "\"uri\"")).status());
    assertEquals(404, first.post(PATH + "/KR/suspension", "{}").status());
  }

  @Test
  void aSuspendedPeerIsNeitherAskedNorAnswered() throws SQLException {
    JsonNode laos = first.get(PATH + "/LA").body();
    String answered = new TestPeer(around).request();
    assertEquals(200, new TestPeer(around).send(answered).status());
    var published = new PublishedLog(around);
    long before = published.size();

    assertEquals(200, first.post(PATH + "/LA/suspension", "{}").status());
    try {
      assertRefused(
          403, "peer/suspended", new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815")));
      TestPeer.Answer refused = new TestPeer(around).send(new TestPeer(around).request());
      assertEquals(403, refused.status());
      assertEquals("exchange/suspended", refused.rule());
      assertTrue(
          published.entriesFrom(before).stream()
              .map(entry -> entry.path("rule").asText())
              .toList()
              .containsAll(List.of("peer/suspended", "exchange/suspended")));
    } finally {
      put(laos.path("description").toString());
    }
    assertEquals(200, new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815")).status());
  }

  @Test
  void theSameKeyBringsTheFirstProposal() {
    String peer = peer("JP", key(PeerDouble.newKey("jp")));
    Answer proposed = first.post(PATH, peer, "Idempotency-Key", "jp-1");

    Answer again = first.post(PATH, peer, "Idempotency-Key", "jp-1");

    assertEquals(proposed.body(), again.body());
    assertRefused(
        409,
        "idempotency-key/reused",
        first.post(PATH, peer.replace("JP", "CN"), "Idempotency-Key", "jp-1"));
  }

  @Test
  void listsGoOnByTheirCursor() {
    put(peer("AU", key(PeerDouble.newKey("au"))));
    Answer one = first.get(PATH + "?limit=1");
    assertEquals(1, one.body().path("items").size());
    Answer two = first.get(PATH + "?limit=1&cursor=" + one.body().path("next").asText());
    assertFalse(
        two.body()
            .at("/items/0/nation")
            .asText()
            .equals(one.body().at("/items/0/nation").asText()));
    assertTrue(first.get(PATH + "/proposals?limit=2").body().path("items").size() > 0);
    assertEquals(400, first.get(PATH + "/proposals?cursor=AAAA").status());
  }
}
