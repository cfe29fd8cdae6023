package org.mekong.registry.purpose;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class PurposeIT {

  private static final String PATH = "/admin/v1/purposes";

  TestSetting setting;

  @Test
  void anAddedPurposeIsListedAndMayBeNamedAtOnce() {
    RegistryClient client = new RegistryClient(setting);
    String admin = client.token("registry.admin", List.of());
    for (int time = 0; time < 2; time++) {
      client
          .as(admin, "POST", PATH)
          .body("{\"code\":\"pension\",\"description\":\"Pay pensions\"}")
          .post(PATH)
          .then()
          .statusCode(200)
          .body("description", equalTo("Pay pensions"));
    }
    client.as(admin, "GET", PATH).get(PATH).then().body("code", hasItem("pension"));
    client
        .asGateway()
        .body(
            """
            {"purpose":"pension","subject":{"personalNumber":"1"},"predicates":[{"name":"alive"}],
             "requester":{"requestId":"0193a5b2-7c11-7d33-9a55-000000000001","country":"LA",
               "agency":"la-office"}}""")
        .post("/v1/verifications")
        .then()
        .statusCode(200);
  }

  @Test
  void aPurposeKeepsItsRules() {
    RegistryClient client = new RegistryClient(setting);
    String admin = client.token("registry.admin", List.of());
    client
        .as(admin, "POST", PATH)
        .body("{\"code\":\"Pay All\",\"description\":\"\"}")
        .post(PATH)
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("code"))
        .body("violations.field", hasItem("description"));
  }
}
