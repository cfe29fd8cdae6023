package org.mekong.registry.caller;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** A register whose issuer is out of reach since the start says so, and blames nobody. */
@QuarkusTest
@TestProfile(IssuerUnavailableIT.IssuerOutOfReach.class)
class IssuerUnavailableIT {

  /** An issuer that listens nowhere. */
  public static final class IssuerOutOfReach implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(RegistryNode.class, Map.of("issuer", "https://localhost:1")));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  TestSetting setting;

  @Test
  void aTokenThatCannotBeJudgedIs503() {
    RegistryClient client = new RegistryClient(setting);
    String token = client.token("registry.admin", List.of());

    client
        .as(token, "GET", "/admin/v1/register")
        .get("/admin/v1/register")
        .then()
        .statusCode(503)
        .body("type", equalTo("urn:mekong:problem:issuer-unavailable"));
  }
}
