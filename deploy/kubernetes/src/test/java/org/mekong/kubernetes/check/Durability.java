package org.mekong.kubernetes.check;

import java.util.Map;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * Rule {@code durability}: three database instances in different zones, a commit acknowledged by a
 * second machine, two roles, no superuser.
 */
public final class Durability implements Check {

  private static final String RULE = "durability";

  private static final Map<String, String> WANTED =
      Map.of(
          "/spec/instances", "3",
          "/spec/postgresql/synchronous/method", "any",
          "/spec/postgresql/synchronous/number", "1",
          "/spec/postgresql/synchronous/dataDurability", "required",
          "/spec/affinity/podAntiAffinityType", "required",
          "/spec/enableSuperuserAccess", "false");

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    return manifests.ofKind("Cluster").flatMap(Durability::of);
  }

  private static Stream<Finding> of(Manifest cluster) {
    Stream.Builder<Finding> findings = Stream.builder();
    WANTED.forEach(
        (path, value) -> {
          if (!cluster.at(path).asText().equals(value)) {
            findings.add(Finding.of(RULE, cluster, path + " must be " + value));
          }
        });
    String owner = cluster.at("/spec/bootstrap/initdb/owner").asText();
    boolean two =
        cluster
            .at("/spec/managed/roles")
            .valueStream()
            .filter(r -> !r.path("superuser").asBoolean() && !r.path("createrole").asBoolean())
            .anyMatch(r -> !r.path("name").asText().equals(owner));
    if (!two) {
      findings.add(Finding.of(RULE, cluster, "no runtime role beside the owner"));
    }
    return findings.build();
  }
}
