package org.mekong.gateway.administration.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.signing.AgreementSignature;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.testing.Administered;
import org.mekong.gateway.testing.PeerDouble;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAdministrator;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestAgency.Answer;

/** An agreement binds when two administrators and both nations say so, and not before. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AgreementAdminIT {

  private static final String PATH = "/admin/v1/agreements";
  private static final AtomicInteger NEXT = new AtomicInteger();

  Surroundings around;
  @Inject AgreementBook book;
  @Inject Transactions transactions;

  private TestAdministrator first;
  private TestAdministrator second;
  private String id;

  @BeforeEach
  void administrators() {
    first = new TestAdministrator(around, "operations-1");
    second = new TestAdministrator(around, "operations-2");
    id = "labour-" + NEXT.incrementAndGet();
  }

  @AfterEach
  void forget() throws Exception {
    Administered.forget(transactions);
    book.refresh();
  }

  /** What VN and LA agree on workers; nothing else in these tests is about them. */
  private String document(int version, String from, String until, String fields) {
    return """
    {"id": "%s", "version": %d, "parties": ["VN", "LA"],
     "validFrom": "%s", "validUntil": "%s",
     "purposes": [{"purpose": "%s", "legalBasis": {"VN": "One basis", "LA": "Another basis"},
       "agencyClasses": ["civil-registry"], "kinds": ["verify"], "fields": [%s],
       "visibilityDelay": "PT0S", "retention": "P1Y", "dailyQuota": 100, "ratePerSecond": 10,
       "consentRequired": false}]}"""
        .formatted(id, version, from, until, id, fields);
  }

  private String document() {
    return document(1, "2026-01-01", "2031-12-31", "\"alive\"");
  }

  private String version(int version) {
    return PATH + "/" + id + "/versions/" + version;
  }

  private String signedByLaos(String document) {
    return signature(around.peerDouble().key(), document);
  }

  private static String signature(ECKey key, String document) {
    return "{\"signature\": \""
        + AgreementSignature.sign(key, document.getBytes(StandardCharsets.UTF_8))
        + "\"}";
  }

  private Answer ask() {
    TestAgency agency = new TestAgency(around);
    String token =
        agency.token(
            claims ->
                claims.claim(
                    "authorization_details",
                    java.util.List.of(
                        TestAgency.detail(
                            id,
                            java.util.List.of("verify"),
                            java.util.List.of("alive", "married")))));
    return agency.post(
        around.gateway().resolve("/v1/lookups/explain"),
        token,
        """
        {"country": "LA", "kind": "verify", "purpose": "%s",
         "subject": {"personalNumber": "LA-4711-0815"}, "predicates": [{"name": "alive"}],
         "officer": "officer-7"}"""
            .formatted(id));
  }

  private void assertRefused(int status, String rule, Answer answer) {
    assertEquals(status, answer.status(), answer.response().body());
    assertEquals(rule, answer.rule(), answer.response().body());
    assertFalse(answer.body().path("action").asText().isEmpty());
  }

  private void assertState(String state, Answer answer) {
    assertTrue(answer.status() < 300, answer.response().body());
    assertEquals(state, answer.body().path("state").asText(), answer.response().body());
  }

  private void inForce(String document, int version) {
    assertEquals(201, first.post(PATH, document).status());
    second.post(version(version) + "/approval", "{}");
    assertState("in-force", first.post(version(version) + "/signatures", signedByLaos(document)));
  }

  @Test
  void itBindsWhenBothNationsHaveSignedAndNotBefore() {
    var published = new PublishedLog(around);
    long before = published.size();
    String document = document();

    assertState("proposed", first.post(PATH, document));
    assertFalse(ask().body().path("allowed").asBoolean());
    assertState("signed", second.post(version(1) + "/approval", "{}"));
    assertFalse(ask().body().path("allowed").asBoolean());
    assertState("in-force", first.post(version(1) + "/signatures", signedByLaos(document)));

    JsonNode explained = ask().body();
    assertTrue(explained.path("allowed").asBoolean(), explained::toString);
    assertEquals(id + "/1/" + id, explained.path("rule").asText());
    assertEquals("One basis", explained.at("/terms/legalBasis/VN").asText());
    assertEquals("Another basis", explained.at("/terms/legalBasis/LA").asText());
    assertEquals(100, explained.at("/terms/dailyQuota").asInt());
    assertEquals(
        java.util.List.of("agreement_proposed", "agreement_signed", "agreement_signature_added"),
        published.entriesFrom(before).stream()
            .filter(entry -> entry.path("agreement").asText().equals(id + "/1"))
            .map(entry -> entry.path("act").asText())
            .toList());
  }

  @Test
  void ourSignatureVerifiesOverTheDocumentAsItWasSent() throws Exception {
    String document = document();
    first.post(PATH, document);
    Answer signed = second.post(version(1) + "/approval", "{}");

    Answer sent = first.get(version(1) + "/document");

    assertEquals(document, sent.response().body());
    AgreementSignature.verify(
        document.getBytes(StandardCharsets.UTF_8),
        signed.body().at("/signatures/0/signature").asText(),
        new JWKSet(around.gatewayKey()));
  }

  @Test
  void oneAdministratorAloneSignsNothing() {
    first.post(PATH, document());

    assertRefused(403, "approval/same-administrator", first.post(version(1) + "/approval", "{}"));
    assertState("proposed", first.get(version(1)));
  }

  @Test
  void aSignatureByAWrongKeyIsRefused() {
    String document = document();
    first.post(PATH, document);
    ECKey stranger = PeerDouble.newKey("la-exchange");

    assertRefused(
        422,
        "agreement/signature",
        first.post(version(1) + "/signatures", signature(stranger, document)));
  }

  @Test
  void aDocumentThatWasAlteredAfterSigningIsNotSigned() {
    String document = document();
    first.post(PATH, document);
    second.post(version(1) + "/approval", "{}");
    String altered = document.replace("\"dailyQuota\": 100", "\"dailyQuota\": 1000");

    assertRefused(
        422, "agreement/signature", first.post(version(1) + "/signatures", signedByLaos(altered)));
    assertFalse(ask().body().path("allowed").asBoolean());
  }

  @Test
  void aVersionIsNotReusedForOtherContent() {
    String document = document();
    first.post(PATH, document);

    assertEquals(200, second.post(PATH, document).status());
    assertRefused(
        409, "agreement/version-reused", second.post(PATH, document.replace("100", "99")));
  }

  @Test
  void whatCannotBindAnybodyIsNotProposed() {
    assertRefused(
        422,
        "agreement/expired",
        first.post(PATH, document(1, "2020-01-01", "2020-12-31", "\"alive\"")));
    assertRefused(422, "agreement/unknown-party", first.post(PATH, document().replace("LA", "MM")));
    assertRefused(422, "agreement/not-a-party", first.post(PATH, document().replace("VN", "MM")));
    assertRefused(422, "agreement/document", first.post(PATH, "{\"id\": \"x\"}"));
    assertEquals(400, first.post(PATH, "").status());
  }

  @Test
  void aTerminatedAgreementRefusesAndDoesNotComeBack() {
    String document = document();
    inForce(document, 1);
    inForce(document(2, LocalDate.now(ZoneOffset.UTC).toString(), "2031-12-31", "\"alive\""), 2);
    assertState("superseded", first.get(version(1)));

    assertState("terminated", first.post(version(2) + "/termination", "{}"));

    assertEquals(id + "/2/terminated", ask().rule());
    assertRefused(
        422,
        "agreement/terminated",
        first.post(version(2) + "/signatures", signedByLaos(document)));
  }

  @Test
  void anEndInTheFutureComesOnItsDay() {
    inForce(document(), 1);
    String later = LocalDate.now(ZoneOffset.UTC).plusDays(30).toString();

    Answer terminated = first.post(version(1) + "/termination", "{\"from\": \"" + later + "\"}");

    assertState("in-force", terminated);
    assertEquals(later, terminated.body().path("terminatedFrom").asText());
    assertTrue(ask().body().path("allowed").asBoolean());
    assertEquals(
        400, first.post(version(1) + "/termination", "{\"from\": \"2020-01-01\"}").status());
  }

  @Test
  void aNewerVersionReplacesTheOlderOnItsDayAndTheOlderStaysForVerification() {
    inForce(document(), 1);
    String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
    String next = document(2, tomorrow, "2031-12-31", "\"alive\"");
    first.post(PATH, next);
    second.post(version(2) + "/approval", "{}");

    assertState("agreed", first.post(version(2) + "/signatures", signedByLaos(next)));
    assertEquals(id + "/1/" + id, ask().rule());
    assertTrue(book.find(new AgreementReference(id, 1)).isPresent());
    assertTrue(book.find(new AgreementReference(id, 2)).isPresent());
  }

  @Test
  void aVersionBetweenOthersIsRefused() {
    inForce(document(), 1);
    String others = document(2, "2026-01-01", "2031-12-31", "\"alive\"");

    assertRefused(
        422,
        "agreement/unknown-party",
        first.post(
            PATH,
            others
                .replace("[\"VN\", \"LA\"]", "[\"VN\", \"LA\", \"MM\"]")
                .replace("\"LA\": \"Another basis\"", "\"LA\": \"b\", \"MM\": \"c\"")));
  }

  @Test
  void theSameKeyBringsTheFirstOutcome() {
    String document = document();
    String key = "key-" + id;
    Answer proposed = first.post(PATH, document, "Idempotency-Key", key);
    assertEquals(201, proposed.status());

    assertEquals(201, first.post(PATH, document, "Idempotency-Key", key).status());
    assertRefused(
        409,
        "idempotency-key/reused",
        first.post(PATH, document.replace("100", "99"), "Idempotency-Key", key));
  }

  @Test
  void theListGoesOnByItsCursor() {
    first.post(PATH, document());
    Answer page = first.get(PATH + "?limit=1");
    int seen = 0;
    while (true) {
      assertEquals(200, page.status(), page.response().body());
      seen += page.body().path("items").size();
      if (page.body().path("next").isMissingNode()) {
        break;
      }
      page = first.get(PATH + "?limit=1&cursor=" + page.body().path("next").asText());
    }

    assertTrue(seen >= 2, "vn-la and what was proposed");
    assertEquals(400, first.get(PATH + "?limit=0").status());
    assertEquals(400, first.get(PATH + "?cursor=AAAA").status());
    assertEquals(404, first.get(version(77)).status());
  }

  @Test
  void aVersionInShadowDecidesNothingAndItsReportTellsWhatItWouldChange() {
    String document = document();
    inForce(document, 1);
    String stricter = document(2, "2026-01-01", "2031-12-31", "\"married\"");
    first.post(PATH, stricter);
    assertEquals(200, first.put(version(2) + "/shadow").status());

    JsonNode explained = ask().body();
    assertTrue(explained.path("allowed").asBoolean(), explained::toString);
    assertFalse(explained.at("/shadow/allowed").asBoolean(true), explained::toString);
    assertEquals(id + "/2/" + id + "/fields", explained.at("/shadow/rule").asText());
    assertEquals(0, first.get(version(2) + "/shadow").body().path("decisions").asInt());

    book.decide(question(), LocalDate.of(2026, 11, 22));
    JsonNode report = first.get(version(2) + "/shadow").body();

    assertEquals(1, report.path("changed").asInt(), report::toString);
    assertEquals("closes", report.at("/changes/0/effect").asText());
    assertEquals(id + "/1/" + id, report.at("/changes/0/rule").asText());
    assertEquals(id + "/2/" + id + "/fields", report.at("/changes/0/shadowRule").asText());
    assertEquals(200, first.delete(version(2) + "/shadow").status());
    assertTrue(ask().body().path("shadow").isMissingNode());
    assertFalse(first.get(version(2) + "/shadow").body().path("running").asBoolean(true));
  }

  private org.mekong.gateway.agreement.Question question() {
    return new org.mekong.gateway.agreement.Question(
        "VN",
        "LA",
        "vn-quang-tri-civil-registry",
        "civil-registry",
        id,
        org.mekong.gateway.agreement.LookupKind.VERIFY,
        java.util.Set.of("alive"));
  }

  @Test
  void anAgencyAdministersNothing() {
    TestAgency agency = new TestAgency(around);

    assertEquals(
        403, agency.post(around.gateway().resolve(PATH), agency.token(), document()).status());
  }
}
