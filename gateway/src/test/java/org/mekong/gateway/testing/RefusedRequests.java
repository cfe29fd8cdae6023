package org.mekong.gateway.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;

/** What every refusal has to look like, whoever is refused. */
public final class RefusedRequests {

  private RefusedRequests() {}

  /** That a body is a problem document of this status that says who must act. */
  public static void assertProblem(int status, int found, HttpHeaders headers, JsonNode body) {
    assertEquals(status, found, body.toString());
    assertTrue(
        headers.firstValue("Content-Type").orElse("").startsWith("application/problem+json"),
        headers.toString());
    assertTrue(body.path("type").asText().startsWith("urn:mekong:problem:"), body.toString());
    assertEquals(status, body.path("status").asInt(), body.toString());
    assertFalse(body.path("title").asText().isBlank(), body.toString());
    assertFalse(body.path("detail").asText().isBlank(), body.toString());
    assertFalse(body.path("action").asText().isBlank(), body.toString());
    assertTrue(body.path("instance").asText().startsWith("urn:uuid:"), body.toString());
    assertFalse(body.toString().contains("Exception"), body.toString());
  }

  /** That a peer was refused by a rule, with a signature and a receipt over the refusal. */
  public static void assertSigned(
      Surroundings around, int status, String rule, TestPeer.Answer answer) throws Exception {
    assertProblem(status, answer.status(), answer.headers(), answer.body());
    assertEquals(rule, answer.rule());
    SignedMessage<ExchangeAnswer> signed = new TestPeer(around).verified(answer);
    assertEquals(Outcome.REFUSED, signed.payload().outcome());
    assertEquals(rule, signed.payload().refusal().rule());
    String key = new PublishedLog(around).text("key").strip();
    JsonNode logged =
        StrictJson.mapper()
            .readTree(
                ProofVerifier.verify(
                        answer.body().path("receipt").asText(),
                        Policy.ofLogs(VerifierKey.parse(key)))
                    .entry());
    assertEquals(rule, logged.path("rule").asText());
    assertEquals(signed.digest(), logged.path("digest").asText());
  }
}
