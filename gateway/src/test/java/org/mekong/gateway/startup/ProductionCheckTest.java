package org.mekong.gateway.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Production refuses what is for tests, and names the property. */
class ProductionCheckTest {

  private static final Map<String, String> HTTPS =
      Map.of("gateway.registry.url", "https://registry.vn.mekong.example");

  private static ProductionCheck.Facts good() {
    return new ProductionCheck.Facts(
        Map.of("gateway.log.generate-key", false), "disabled", HTTPS, List.of(), List.of(), true);
  }

  @Test
  void aGoodInstallationStarts() {
    assertEquals(List.of(), ProductionCheck.faults(good()));
  }

  @Test
  void everythingThatIsForTestsIsNamed() {
    var facts =
        new ProductionCheck.Facts(
            new TreeMap<>(
                Map.of("gateway.log.generate-key", true, "gateway.exchange.generate-key", true)),
            "enabled",
            Map.of("gateway.registry.url", "http://localhost"),
            List.of("is a superuser"),
            List.of("LA"),
            false);

    List<String> faults = ProductionCheck.faults(facts);

    assertEquals(
        List.of(
            "gateway.exchange.generate-key",
            "gateway.log.generate-key",
            "quarkus.http.insecure-requests",
            "gateway.registry.url",
            "quarkus.datasource.username",
            "gateway.peers.LA.log-keys-file",
            "gateway.witness.policy-file"),
        faults.stream().map(fault -> fault.substring(0, fault.indexOf(':'))).toList());
  }
}
