package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * Rule {@code ports}: numbers between 1 and 65535, names that stand once, and every port that a
 * Service or a probe uses is one of the container.
 */
public final class Ports implements Check {

  private static final String RULE = "ports";

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    Stream.Builder<Finding> findings = Stream.builder();
    manifests.withPods().forEach(m -> ofPods(m, findings));
    manifests.ofKind("Service").forEach(m -> ofService(manifests, m, findings));
    manifests.ofKind("NetworkPolicy").forEach(m -> ofPolicy(m, findings));
    return findings.build();
  }

  private static void ofPods(Manifest manifest, Stream.Builder<Finding> findings) {
    Set<String> names = new HashSet<>();
    for (JsonNode container : manifest.containers()) {
      for (JsonNode port : container.path("ports")) {
        inRange(manifest, port.path("containerPort"), findings);
        if (port.has("name") && !names.add(port.path("name").asText())) {
          findings.add(Finding.of(RULE, manifest, "two ports are called " + port.path("name")));
        }
      }
      for (String probe : Probes.NAMES) {
        JsonNode port = container.path(probe).at("/httpGet/port");
        if (!port.isMissingNode() && !isOpen(container, port)) {
          findings.add(Finding.of(RULE, manifest, probe + " asks a port that is not there"));
        }
      }
    }
  }

  private static void ofService(
      Manifests manifests, Manifest service, Stream.Builder<Finding> findings) {
    var selector = Manifest.strings(service.at("/spec/selector")).entrySet();
    Set<String> names = new HashSet<>();
    for (JsonNode port : service.at("/spec/ports")) {
      inRange(service, port.path("port"), findings);
      if (!names.add(port.path("name").asText())) {
        findings.add(Finding.of(RULE, service, "two ports are called " + port.path("name")));
      }
      Stream<JsonNode> containers =
          manifests
              .withPods()
              .filter(
                  m ->
                      Manifest.strings(m.podTemplate().at("/metadata/labels"))
                          .entrySet()
                          .containsAll(selector))
              .flatMap(m -> m.containers().stream());
      if (containers.noneMatch(c -> isOpen(c, port.path("targetPort")))) {
        findings.add(Finding.of(RULE, service, "no pod has its target port " + port));
      }
    }
  }

  private static void ofPolicy(Manifest policy, Stream.Builder<Finding> findings) {
    Stream.of("/spec/ingress", "/spec/egress")
        .flatMap(direction -> policy.at(direction).valueStream())
        .flatMap(rule -> rule.path("ports").valueStream())
        .forEach(port -> inRange(policy, port.path("port"), findings));
  }

  private static void inRange(Manifest manifest, JsonNode port, Stream.Builder<Finding> findings) {
    if (!port.isInt() || port.asInt() < 1 || port.asInt() > 65_535) {
      findings.add(Finding.of(RULE, manifest, "no port number: " + port));
    }
  }

  private static boolean isOpen(JsonNode container, JsonNode wanted) {
    String key = wanted.isTextual() ? "name" : "containerPort";
    return container.path("ports").valueStream().anyMatch(p -> p.path(key).equals(wanted));
  }
}
