package org.mekong.registry.startup;

import java.util.Optional;
import java.util.function.Function;
import org.mekong.log.witness.LogKeeper.Standing;

/** What a production node may not be set to. Pure. */
final class ProductionRules {

  private ProductionRules() {}

  /**
   * Refuses the first setting that is not for production.
   *
   * @throws IllegalStateException whose message starts with the property
   */
  static void refuse(Function<String, Optional<String>> setting, DatabaseRole role) {
    refuseValue(setting, "registry.population.enabled", "true", "makes synthetic people");
    refuseValue(setting, "registry.log.generate-key", "true", "makes keys by itself");
    refuseValue(setting, "quarkus.http.insecure-requests", "enabled", "serves plain HTTP");
    refuseValue(setting, "quarkus.http.ssl.client-auth", "none", "cannot know the gateway");
    boolean plainIssuer =
        setting.apply("registry.issuer").filter(url -> url.startsWith("https://")).isEmpty();
    if (plainIssuer) {
      throw refused("registry.issuer", "is no https URL");
    }
    if (role.mayAlterTables()) {
      throw refused(
          "quarkus.datasource.username",
          "is a role that owns or may alter tables; use one that only reads and writes rows, and"
              + " the owner as quarkus.flyway.username");
    }
  }

  /** Refuses a log for whose past nobody but this node vouches. */
  static void refuseUnwitnessed(Standing standing) {
    if (standing instanceof Standing.Unwitnessed) {
      throw refused(
          "registry.witness.policy-file",
          "names no witness: nobody but this node would vouch for the past of its log");
    }
  }

  private static void refuseValue(
      Function<String, Optional<String>> setting, String property, String bad, String why) {
    if (setting.apply(property).filter(bad::equalsIgnoreCase).isPresent()) {
      throw refused(property, "is '" + bad + "', which " + why);
    }
  }

  private static IllegalStateException refused(String property, String why) {
    return new IllegalStateException(
        property + " " + why + ": refused because mekong.production is true");
  }
}
