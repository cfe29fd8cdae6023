package org.mekong.gateway.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What production refuses, each fault with the property that is wrong. Pure. */
final class ProductionCheck {

  private ProductionCheck() {}

  /**
   * The facts of an installation.
   *
   * @param generatedKeys {@code gateway.log.generate-key} or {@code gateway.exchange.generate-key}
   * @param insecureRequests {@code quarkus.http.insecure-requests}
   * @param urls by property, those that must be HTTPS
   * @param roleMayAlter what the database role may do beyond its work; empty when nothing
   * @param peersWithoutLogKey nations
   * @param witnessed whether anybody else vouches for the log's past
   */
  record Facts(
      Map<String, Boolean> generatedKeys,
      String insecureRequests,
      Map<String, String> urls,
      List<String> roleMayAlter,
      List<String> peersWithoutLogKey,
      boolean witnessed) {}

  static List<String> faults(Facts facts) {
    var faults = new ArrayList<String>();
    facts
        .generatedKeys()
        .forEach(
            (property, generated) -> {
              if (generated) {
                faults.add(property + ": production does not make keys at start; mount one");
              }
            });
    if (!facts.insecureRequests().equals("disabled")) {
      faults.add("quarkus.http.insecure-requests: must be disabled");
    }
    facts
        .urls()
        .forEach(
            (property, url) -> {
              if (!url.startsWith("https://")) {
                faults.add(property + ": must be https");
              }
            });
    for (String power : facts.roleMayAlter()) {
      faults.add("quarkus.datasource.username: this role " + power);
    }
    for (String nation : facts.peersWithoutLogKey()) {
      faults.add("gateway.peers." + nation + ".log-keys-file: no log key of this peer is pinned");
    }
    if (!facts.witnessed()) {
      faults.add(
          "gateway.witness.policy-file: names no witness; nobody but this node would vouch for the"
              + " past of its log");
    }
    return faults;
  }
}
