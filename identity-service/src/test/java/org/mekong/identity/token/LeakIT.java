package org.mekong.identity.token;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.HeardLog;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** Nothing that opens a door reaches the log, the metrics or an error. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class LeakIT {
  private final HeardLog log = HeardLog.listen();

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void secretsStayOutOfLogsMetricsAndErrors() throws Exception {
    TestSystem system = TestSystem.registered();
    List<String> secrets = new ArrayList<>();
    Map<String, String> good = system.form();
    Response issued = system.ask(good);
    secrets.add(issued.path("access_token"));
    secrets.add(good.get("client_assertion"));
    List<String> errors = new ArrayList<>();
    for (String scope : List.of("identity.admin", "lookup", "marker-scope-1")) {
      Map<String, String> form = system.form();
      form.put("scope", scope);
      form.put("marker-parameter", "marker-value-2");
      String proof = system.dpop().proof("GET", TestSystem.TOKEN);
      secrets.add(form.get("client_assertion"));
      secrets.add(proof);
      errors.add(given().formParams(form).header("DPoP", proof).post("/token").asString());
    }
    errors.add(system.ask(good).asString());
    errors.add(
        given()
            .header("Authorization", "DPoP " + secrets.getFirst())
            .get("/admin/v1/agencies?marker-query-3=1")
            .asString());
    errors.add(
        given().contentType("application/json").body("{\"marker-4\":").post("/token").asString());
    errors.add(given().get("/log/marker-path-5/checkpoint").asString());
    errors.add(given().header("Accept-Language", "en;q=marker-6").get("/").asString());
    for (String body :
        List.of("{\"marker-7\":1}", "{\"id\":marker-8}", "{\"name\":[\"marker-9\"]}")) {
      errors.add(TestSystem.administrator().post("/admin/v1/agencies", body).asString());
      errors.add(TestSystem.administrator().post("/admin/v1/clients", body).asString());
    }
    String jti = SignedJWT.parse(secrets.get(1)).getJWTClaimsSet().getJWTID();
    secrets.add(jti);
    String seen = log.text() + given().get("/q/metrics").asString();

    for (String secret : secrets) {
      assertFalse(seen.contains(secret), "in the log or the metrics");
      assertFalse(String.join("\n", errors).contains(secret), "in an error");
    }
    assertFalse((seen + errors).contains("marker-"), "what was sent is not repeated");
    assertTrue(errors.stream().noneMatch(error -> error.contains("Exception")));
  }
}
