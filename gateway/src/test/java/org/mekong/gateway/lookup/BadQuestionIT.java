package org.mekong.gateway.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mekong.gateway.access.door.Door;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.RefusedRequests;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/**
 * Whatever is wrong with a question, its asker learns who must act, the log tells of it by its
 * rule, and neither a peer nor the register hears of it.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BadQuestionIT {

  private static final String MATCH =
      """
      {"country": "LA", "kind": "match", "purpose": "border-resident",
       "known": {"names": {"given": "Bouavone"}, "dateOfBirth": "1999-04-14"},
       "fields": ["names"], "officer": "officer-7"}""";

  private static final String MALFORMED = "request/malformed-request";
  private static final String MEDIA_TYPE = "request/unsupported-media-type";
  private static final String TOO_LARGE = "request/too-large";

  Surroundings around;
  @Inject Door door;
  private TestAgency agency;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    log = new PublishedLog(around);
    around.peerDouble().reset();
    around.registry().reset();
    door.tell();
  }

  /**
   * Something wrong, and what is to come of it.
   *
   * @param rule in the log, and in the problem where it names one
   */
  private record Row(
      String what, int status, String rule, Function<BadQuestionIT, TestAgency.Answer> sent) {

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
            rules(),
            bodies(),
            bombs(),
            forms(),
            Stream.of(HttpClient.Version.values()).flatMap(BadQuestionIT::large),
            clocks())
        .flatMap(each -> each);
  }

  private static Row altered(String what, int status, String rule, String from, String to) {
    return new Row(
        what,
        status,
        rule,
        test -> {
          assertTrue(MATCH.contains(from), what);
          return test.agency.ask(MATCH.replace(from, to));
        });
  }

  private static Stream<Row> rules() {
    String purpose = "border-resident";
    return Stream.of(
        altered("unknown purpose", 403, "vn-la/1/purpose", purpose, "curiosity"),
        altered("purpose without a grant", 403, "token/purpose", purpose, "espionage"),
        altered("unknown country", 400, "no-peer", "\"LA\"", "\"TH\""),
        altered("country without a grant", 403, "token/country", "\"LA\"", "\"VN\""),
        altered(
            "field outside the agreement",
            403,
            "vn-la/1/border-resident/fields",
            "[\"names\"]",
            "[\"religion\"]"));
  }

  private static Row body(String what, String from, String to) {
    return altered(what, 400, MALFORMED, from, to);
  }

  private static Stream<Row> bodies() {
    String known = "{\"names\": {\"given\": \"Bouavone\"}, \"dateOfBirth\": \"1999-04-14\"}";
    return Stream.of(
        body("purpose of another form", "border-resident", "Border Resident"),
        body("country of another form", "\"LA\"", "\"Laos\""),
        body("country of another type", "\"LA\"", "[\"LA\"]"),
        body("unknown field", "[\"names\"]", "[\"shoe_size\"]"),
        body("statement as field", "[\"names\"]", "[\"alive\"]"),
        body("field twice", "[\"names\"]", "[\"names\", \"names\"]"),
        body("fields of another type", "[\"names\"]", "\"names\""),
        body("no field among fields", "[\"names\"]", "[null]"),
        body("unknown kind", "\"match\"", "\"guess\""),
        body("kind of another type", "\"match\"", "3"),
        body("kind that does not fit", "\"match\"", "\"read\""),
        body("nothing known", known, "{}"),
        body("known of another type", "{\"given\": \"Bouavone\"}", "\"Bouavone\""),
        body("unknown member", "\"officer\"", "\"priority\": 1, \"officer\""),
        body("unknown member inside", "\"given\"", "\"nick\": \"B\", \"given\""),
        body("member twice", "\"officer\"", "\"kind\": \"match\", \"officer\""),
        body("member twice inside", "\"given\"", "\"given\": \"B\", \"given\""),
        body("officer of another form", "officer-7", "Officer Seven"),
        body(
            "agreement, which an agency cannot choose",
            "\"kind\"",
            "\"agreement\": \"x\", \"kind\""),
        body("not JSON", "{\"country\"", "{country"),
        body("more than one document", "\"officer-7\"}", "\"officer-7\"}{}"),
        body("nothing", MATCH, ""),
        body("null", MATCH, "null"));
  }

  private static Stream<Row> bombs() {
    String deep = "{\"names\":".repeat(40) + "1" + "}".repeat(40);
    return Stream.of(
        body("nested bomb", "{\"given\": \"Bouavone\"}", deep),
        body("nested lists", "[\"names\"]", "[".repeat(20_000)),
        body("name over the limit", "Bouavone", "B".repeat(201)),
        new Row("packed bomb", 415, MEDIA_TYPE, BadQuestionIT::packed));
  }

  private static Stream<Row> forms() {
    return Stream.of("text/plain", "application/xml", "application/jose", "multipart/form-data")
        .map(
            type ->
                new Row(
                    "media type " + type,
                    415,
                    MEDIA_TYPE,
                    test -> test.post(BodyPublishers.ofString(MATCH), type, null)));
  }

  private static Stream<Row> large(HttpClient.Version version) {
    byte[] large = bytes(70_000);
    byte[] larger = bytes(700_000);
    return Stream.of(
            new Row("too large", 413, TOO_LARGE, test -> test.send(version, large, true)),
            new Row("far too large", 413, TOO_LARGE, test -> test.send(version, larger, true)),
            new Row("unannounced", 413, TOO_LARGE, test -> test.send(version, large, false)),
            new Row("far, unannounced", 413, TOO_LARGE, test -> test.send(version, larger, false)))
        .map(row -> new Row(row.what() + " " + version, row.status(), row.rule(), row.sent()));
  }

  private static byte[] bytes(int length) {
    return (MATCH + " ".repeat(length)).getBytes(StandardCharsets.UTF_8);
  }

  private static Stream<Row> clocks() {
    return Stream.of(
        new Row("clock 10 min behind", 401, "access/proof-stale", test -> test.proved(-600)),
        new Row("clock 10 min ahead", 401, "access/proof-ahead", test -> test.proved(600)),
        new Row(
            "token of yesterday",
            401,
            "access/token-invalid",
            test ->
                test.authorised(
                    claims -> claims.expirationTime(at(-86_400)).issueTime(at(-90_000)))));
  }

  private static Date at(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isRefusedLoggedByItsRuleAndNotSentOn(Row row) throws Exception {
    long before = log.size();

    TestAgency.Answer answer = row.sent().apply(this);

    RefusedRequests.assertProblem(
        row.status(), answer.status(), answer.response().headers(), answer.body());
    assertTrue(
        answer.rule().equals(row.rule())
            || answer.rule().isEmpty() && row.rule().equals("request/" + answer.type()),
        answer.response().body());
    assertFalse(answer.response().body().contains("Bouavone"));
    assertTrue(around.peerDouble().received().isEmpty());
    assertTrue(around.registry().asked().isEmpty());
    JsonNode entry = entry(before);
    assertEquals(row.rule(), entry.path("rule").asText(), entry::toString);
    if (entry.path("kind").asText().equals("refused")) {
      assertEquals(
          answer.body().path("instance").asText(), "urn:uuid:" + entry.path("request_id").asText());
    }
  }

  private JsonNode entry(long before) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      List<JsonNode> found = log.entriesFrom(before);
      if (!found.isEmpty()) {
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
      }
      Thread.sleep(20);
    }
    throw new AssertionError("nothing is logged");
  }

  private TestAgency.Answer packed() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes(10_000_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return post(BodyPublishers.ofByteArray(packed.toByteArray()), "application/json", "gzip");
  }

  private TestAgency.Answer send(HttpClient.Version version, byte[] body, boolean announced) {
    BodyPublisher publisher =
        announced
            ? BodyPublishers.ofByteArray(body)
            : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    return agency.send(request(publisher, "application/json", agency.token()).version(version));
  }

  private TestAgency.Answer post(BodyPublisher body, String type, String encoding) {
    HttpRequest.Builder request = request(body, type, agency.token());
    return agency.send(encoding == null ? request : request.header("Content-Encoding", encoding));
  }

  private HttpRequest.Builder request(BodyPublisher body, String type, String token) {
    return request(body, type, token, UnaryOperator.identity());
  }

  private HttpRequest.Builder request(
      BodyPublisher body, String type, String token, UnaryOperator<JWTClaimsSet.Builder> proof) {
    return HttpRequest.newBuilder(agency.lookups())
        .header("Content-Type", type)
        .header("Authorization", "DPoP " + token)
        .header("DPoP", agency.client().proof("POST", agency.lookups(), token, proof))
        .POST(body);
  }

  private TestAgency.Answer proved(long seconds) {
    return agency.send(
        request(
            BodyPublishers.ofString(MATCH),
            "application/json",
            agency.token(),
            claims -> claims.issueTime(at(seconds))));
  }

  private TestAgency.Answer authorised(UnaryOperator<JWTClaimsSet.Builder> alter) {
    return agency.post(agency.lookups(), agency.token(alter), MATCH);
  }
}
