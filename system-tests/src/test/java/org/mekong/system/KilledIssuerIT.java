package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mekong.client.Profile;
import org.mekong.client.SampleCitizen;

/**
 * The identity-service is killed without a warning at every step of a code flow. What it had
 * acknowledged is there afterwards, and what was used once is of no use again.
 */
class KilledIssuerIT {
  private static final int KILLED_TOKEN_CALLS = 2;

  @Test
  void nothingAcknowledgedIsLostAndNothingServesTwice() throws Exception {
    Profile.Loaded office = RunningPlatform.shared().registryOffice();
    Path keys = Files.createDirectories(Path.of("target/killed-issuer").toAbsolutePath());
    Administrator administrator = new Administrator(office);
    Administrator.Application application = administrator.application("ES256", keys);
    Administrator.Person handed = administrator.citizen();
    try (Replica issuer = new Replica(office.profile(), 17, Map.of())) {
      FlowByHand flow =
          new FlowByHand(issuer.address(), application, office.file(office.profile().caFile()));
      SampleCitizen citizen = flow.activate(handed);

      String opening = flow.push();
      issuer.killAndStart();
      HttpResponse<String> page = flow.follow(opening);
      assertEquals(200, page.statusCode(), "the pushed request is there");

      String code = citizen.oneTimeCode(Instant.now().plusSeconds(30));
      HttpResponse<String> signedIn = flow.signIn(page, citizen.personalNumber(), code);
      assertEquals(303, signedIn.statusCode(), signedIn::body);
      issuer.killAndStart();
      assertEquals(
          422,
          flow.signIn(page, citizen.personalNumber(), code).statusCode(),
          "a one-time code serves once");
      HttpResponse<String> question = flow.follow(FlowByHand.location(signedIn));
      assertTrue(question.body().contains("value=\"allow\""), "the session is there");

      HttpResponse<String> allowed = flow.submit("/consent", question, Map.of("decision", "allow"));
      assertEquals(303, allowed.statusCode());
      issuer.killAndStart();
      String proceeding = FlowByHand.location(allowed);
      String first = FlowByHand.codeOf(flow.get(proceeding));

      issuer.killAndStart();
      assertEquals(400, flow.get(proceeding).statusCode(), "a request is answered once");
      assertEquals(400, flow.get(opening).statusCode(), "a request_uri is good once");
      HttpResponse<String> tokens = flow.send(flow.redeeming(first));
      assertEquals(200, tokens.statusCode(), tokens::body);
      String access = FlowByHand.read(tokens).path("access_token").asText();
      assertTrue(flow.active(access));
      assertInvalid(flow.send(flow.redeeming(first)));
      assertFalse(flow.active(access), "a code that comes again revokes what it gave");

      for (int i = 0; i < KILLED_TOKEN_CALLS; i++) {
        killedDuringTheTokenCall(issuer, flow);
      }
    }
  }

  /** Whatever of the call was done, at most one answer in all gives tokens. */
  private static void killedDuringTheTokenCall(Replica issuer, FlowByHand flow) throws Exception {
    String code = FlowByHand.codeOf(flow.get(flow.push())); // signed in, and allowed, before
    HttpRequest request = flow.redeeming(code);
    CompletableFuture<HttpResponse<String>> answer = flow.sendAndGoOn(request);
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(40));
    issuer.kill();
    boolean answered =
        answer
            .handle((response, failed) -> response != null && response.statusCode() == 200)
            .get(20, TimeUnit.SECONDS);
    issuer.start();

    int given = answered ? 1 : 0;
    for (HttpRequest again : new HttpRequest[] {request, flow.redeeming(code)}) {
      HttpResponse<String> repeated = flow.send(again);
      given += repeated.statusCode() == 200 ? 1 : 0;
      assertTrue(repeated.statusCode() < 500, repeated::body);
    }
    assertTrue(given <= 1, "a code gave tokens " + given + " times");
    assertInvalid(flow.send(flow.redeeming(code)));
  }

  private static void assertInvalid(HttpResponse<String> refused) throws Exception {
    assertEquals(400, refused.statusCode(), refused::body);
    assertEquals("invalid_grant", FlowByHand.read(refused).path("error").asText());
  }
}
