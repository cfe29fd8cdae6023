package org.mekong.identity.signin;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.account.Assurance;
import org.mekong.identity.testing.HeardLog;
import org.mekong.identity.testing.TestAccount;
import org.mekong.identity.testing.TestApplication;
import org.mekong.identity.testing.TestBrowser;
import org.mekong.identity.testing.TestNode;

/**
 * Nothing that a person types, and nothing that opens a session, reaches the log or the metrics.
 */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class SignInLeakIT {
  private final HeardLog log = HeardLog.listen();

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void whatPeopleTypeAndCarryStaysOutOfLogsMetricsAndAddresses() {
    TestApplication application = TestApplication.registered();
    TestAccount person = TestAccount.citizen(Assurance.LOW);
    TestBrowser browser = new TestBrowser();
    List<String> secrets = new ArrayList<>(List.of(person.login(), TestAccount.PASSWORD));
    Response page = browser.follow(application.opened("login_hint", person.login()));
    secrets.add(TestBrowser.interaction(page));
    browser.signIn(page, person.login(), "marker-password", "marker-code").then().statusCode(422);
    String code = person.code();
    Response signedIn = browser.signIn(page, person.login(), TestAccount.PASSWORD, code);
    String address = signedIn.header("Location");
    Map<String, String> answer =
        TestBrowser.answer(browser.decide(browser.follow(address), "allow"));
    secrets.add(answer.get("code"));
    secrets.addAll(browser.cookies().values());
    String seen = log.text() + given().get("/q/metrics").asString();

    for (String secret : secrets) {
      assertFalse(seen.contains(secret), "in the log or the metrics");
    }
    assertFalse(seen.contains("marker-"), "what was typed is not repeated");
    assertFalse(address.contains(person.login()));
    assertFalse(answer.toString().contains(person.login()));
    assertTrue(answer.containsKey("code"));
  }
}
