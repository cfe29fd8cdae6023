package org.mekong.registry.startup;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.log.witness.LogKeeper.Standing;

class ProductionRulesTest {

  private static final DatabaseRole MODEST = new DatabaseRole(false, false, false);
  private static final Map<String, String> GOOD =
      Map.of("registry.issuer", "https://identity.la.mekong.example");

  @Test
  void letsAProductionNodeStart() {
    assertDoesNotThrow(() -> refuse(GOOD, MODEST));
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "registry.population.enabled,true",
    "registry.log.generate-key,true",
    "quarkus.http.insecure-requests,enabled",
    "quarkus.http.ssl.client-auth,none",
    "registry.issuer,http://identity.la.mekong.example"
  })
  void namesThePropertyThatItRefuses(String property, String value) {
    Map<String, String> settings = new HashMap<>(GOOD);
    settings.put(property, value);

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> refuse(settings, MODEST));
    assertTrue(refused.getMessage().startsWith(property + " "), refused.getMessage());
  }

  @Test
  void refusesARoleThatOwnsOrMakesTables() {
    for (DatabaseRole role :
        new DatabaseRole[] {
          new DatabaseRole(true, false, false),
          new DatabaseRole(false, true, false),
          new DatabaseRole(false, false, true)
        }) {
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> refuse(GOOD, role));
      assertTrue(refused.getMessage().startsWith("quarkus.datasource.username "));
    }
  }

  @Test
  void refusesALogThatNobodyWitnesses() {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> ProductionRules.refuseUnwitnessed(new Standing.Unwitnessed()));
    assertTrue(refused.getMessage().startsWith("registry.witness.policy-file "));
    assertDoesNotThrow(() -> ProductionRules.refuseUnwitnessed(new Standing.Waiting()));
  }

  private static void refuse(Map<String, String> settings, DatabaseRole role) {
    ProductionRules.refuse(name -> Optional.ofNullable(settings.get(name)), role);
  }
}
