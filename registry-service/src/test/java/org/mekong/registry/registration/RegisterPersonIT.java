package org.mekong.registry.registration;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class RegisterPersonIT {

  TestSetting setting;

  private static final String HOA =
      """
      {"names":[{"family":"Nguyễn","middle":"Thị","given":"Hoa"}],
       "dateOfBirth":"1999-03-08","sex":2,"placeOfBirthRegistration":"045",
       "maritalStatus":"single","religion":"buddhist",
       "residences":[{"kind":"permanent","province":"44","text":"Phường Đông Hà"}]}
      """;

  @Test
  void registersAndReadsWhatTheTokenGrants() {
    RegistryClient client = new RegistryClient(setting);
    String id =
        client
            .register(HOA)
            .then()
            .statusCode(201)
            .header("Location", startsWith("/v1/persons/"))
            .body("personalNumber", matchesPattern("045199[0-9]{6}"))
            .extract()
            .path("id");

    String token =
        client.token(
            "person.read",
            List.of(RegistryClient.grant("civil-registration", "read", "names", "religion")));
    client
        .as(token, "GET", "/v1/persons/" + id)
        .get("/v1/persons/" + id + "?purpose=civil-registration")
        .then()
        .statusCode(200)
        .body("names[0].full", equalTo("Nguyễn Thị Hoa"))
        .body("religion", equalTo(null))
        .body("receipt", startsWith("c2sp.org/tlog-proof@v1"));
  }
}
