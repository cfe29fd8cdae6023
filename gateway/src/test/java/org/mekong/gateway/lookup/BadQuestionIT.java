package org.mekong.gateway.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/**
 * Whatever is wrong with a question, its asker learns who must act, and neither a peer nor the
 * register hears of it.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BadQuestionIT {

  private static final String MATCH =
      """
      {"country": "LA", "kind": "match", "purpose": "border-resident",
       "known": {"names": {"given": "Bouavone"}, "dateOfBirth": "1999-04-14"},
       "fields": ["names"], "officer": "officer-7"}""";

  Surroundings around;
  private TestAgency agency;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    around.peerDouble().reset();
    around.registry().reset();
  }

  private void assertProblem(int status, String rule, TestAgency.Answer answer) {
    assertEquals(status, answer.status(), answer.response().body());
    assertTrue(
        answer
            .response()
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json"));
    assertEquals(rule == null ? "" : rule, answer.rule(), answer.response().body());
    assertFalse(answer.body().path("action").asText().isBlank(), answer.response().body());
    assertFalse(answer.body().path("detail").asText().isBlank(), answer.response().body());
    assertFalse(answer.response().body().contains("Bouavone"));
    assertTrue(around.peerDouble().received().isEmpty());
    assertTrue(around.registry().asked().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown purpose | border-resident | curiosity | 403 | vn-la/1/purpose",
        "purpose without a grant | border-resident | espionage | 403 | token/purpose",
        "purpose of another form | border-resident | Border Resident | 400 |",
        "unknown country | \"LA\" | \"TH\" | 400 | no-peer",
        "country of another form | \"LA\" | \"Laos\" | 400 |",
        "country of another type | \"LA\" | [\"LA\"] | 400 |",
        "unknown field | [\"names\"] | [\"shoe_size\"] | 400 |",
        "statement as field | [\"names\"] | [\"alive\"] | 400 |",
        "field outside the agreement | [\"names\"] | [\"religion\"] | 403 |"
            + " vn-la/1/border-resident/fields",
        "field twice | [\"names\"] | [\"names\", \"names\"] | 400 |",
        "fields of another type | [\"names\"] | \"names\" | 400 |",
        "no field among fields | [\"names\"] | [null] | 400 |",
        "unknown kind | \"match\" | \"guess\" | 400 |",
        "kind of another type | \"match\" | 3 | 400 |",
        "kind that does not fit | \"match\" | \"read\" | 400 |",
        "nothing known | {\"names\": {\"given\": \"Bouavone\"}, \"dateOfBirth\": \"1999-04-14\"} | {} |"
            + " 400 |",
        "known of another type | {\"given\": \"Bouavone\"} | \"Bouavone\" | 400 |",
        "unknown member | \"officer\" | \"priority\": 1, \"officer\" | 400 |",
        "unknown member inside | \"given\" | \"nick\": \"B\", \"given\" | 400 |",
        "member twice | \"officer\" | \"kind\": \"match\", \"officer\" | 400 |",
        "member twice inside | \"given\" | \"given\": \"B\", \"given\" | 400 |",
        "officer of another form | officer-7 | Officer Seven | 400 |",
        "not JSON | {\"country\" | {country | 400 |",
        "more than one document | \"officer-7\"} | \"officer-7\"}{} | 400 |",
      })
  void whatIsWrongIsSaid(String what, String from, String to, int status, String rule) {
    assertTrue(MATCH.contains(from), what);

    assertProblem(status, rule, agency.ask(MATCH.replace(from, to)));
  }

  @Test
  void nestedAndHugeBodiesEndAtTheDoor() {
    String deep = "{\"names\":".repeat(40) + "1" + "}".repeat(40);
    assertProblem(400, null, agency.ask(MATCH.replace("{\"given\": \"Bouavone\"}", deep)));
    assertProblem(400, null, agency.ask(MATCH.replace("[\"names\"]", "[".repeat(20_000))));
    assertProblem(400, null, agency.ask(MATCH.replace("Bouavone", "B".repeat(201))));
    assertProblem(413, null, agency.ask(MATCH.replace("Bouavone", "B".repeat(70_000))));
  }

  @Test
  void aBodyThatIsPackedIsNotUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write((MATCH + " ".repeat(10_000_000)).getBytes(StandardCharsets.UTF_8));
    }
    String token = agency.token();

    assertProblem(
        400,
        null,
        agency.send(
            HttpRequest.newBuilder(agency.lookups())
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("POST", agency.lookups(), token))
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))));
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "application/xml", "application/jose", "multipart/form-data"})
  void anotherMediaTypeIsNotTaken(String mediaType) {
    String token = agency.token();

    assertProblem(
        415,
        null,
        agency.send(
            HttpRequest.newBuilder(agency.lookups())
                .header("Content-Type", mediaType)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("POST", agency.lookups(), token))
                .POST(HttpRequest.BodyPublishers.ofString(MATCH))));
  }
}
