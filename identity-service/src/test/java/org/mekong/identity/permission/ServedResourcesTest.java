package org.mekong.identity.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A resource that no token is issued for is a fault that names its property. */
class ServedResourcesTest {
  private static final List<String> AUDIENCES = List.of("https://id.gov.vn", "https://gw.gov.vn");

  @Test
  void acceptsResourcesThatTokensAreIssuedFor() {
    assertEquals(List.of(), new ServedResources(Map.of(), AUDIENCES).faults());
    assertEquals(
        List.of(), new ServedResources(Map.of("vn-gw", "https://gw.gov.vn"), AUDIENCES).faults());
  }

  @Test
  void namesEachThatIsNone() {
    assertEquals(
        List.of(
            "identity.service.serves.\"a\": https://other.gov.vn is not of identity.resources",
            "identity.service.serves.\"c\": https://gw.gov.vn/ is not of identity.resources"),
        new ServedResources(
                Map.of(
                    "a", "https://other.gov.vn",
                    "b", "https://gw.gov.vn",
                    "c", "https://gw.gov.vn/"),
                AUDIENCES)
            .faults());
  }
}
