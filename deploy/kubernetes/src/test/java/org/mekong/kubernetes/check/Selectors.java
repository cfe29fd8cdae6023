package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;
import org.mekong.kubernetes.manifest.Selector;
import org.mekong.kubernetes.network.Pod;

/**
 * Rule {@code selectors}: every selector of a Deployment, Service, PodDisruptionBudget,
 * NetworkPolicy or spread constraint selects pods that exist.
 */
public final class Selectors implements Check {

  private static final String RULE = "selectors";

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    Stream<Finding> deployments = manifests.withPods().flatMap(Selectors::own);
    Stream<Finding> services =
        manifests
            .ofKind("Service")
            .filter(m -> Pod.of(manifests).noneMatch(p -> hasAll(p, m.at("/spec/selector"))))
            .map(m -> Finding.of(RULE, m, "its selector matches no pod"));
    Stream<Finding> budgets =
        manifests
            .ofKind("PodDisruptionBudget")
            .filter(m -> selectsNothing(manifests, m.at("/spec/selector")))
            .map(m -> Finding.of(RULE, m, "its selector matches no pod"));
    Stream<Finding> policies =
        manifests
            .ofKind("NetworkPolicy")
            .filter(m -> selectsNothing(manifests, m.at("/spec/podSelector")))
            .map(m -> Finding.of(RULE, m, "its podSelector matches no pod"));
    return Stream.of(deployments, services, budgets, policies).flatMap(s -> s);
  }

  private static Stream<Finding> own(Manifest manifest) {
    Map<String, String> labels = Manifest.strings(manifest.podTemplate().at("/metadata/labels"));
    Stream.Builder<Finding> findings = Stream.builder();
    Selector selector = new Selector(manifest.at("/spec/selector"));
    if (selector.isEmpty() || !selector.matches(labels)) {
      findings.add(Finding.of(RULE, manifest, "its selector does not match its own pods"));
    }
    for (JsonNode spread : manifest.podTemplate().at("/spec/topologySpreadConstraints")) {
      if (!new Selector(spread.path("labelSelector")).matches(labels)) {
        findings.add(Finding.of(RULE, manifest, "a spread constraint does not match its own pods"));
      }
    }
    return findings.build();
  }

  private static boolean selectsNothing(Manifests manifests, JsonNode selector) {
    return Pod.of(manifests).noneMatch(p -> new Selector(selector).matches(p.labels()));
  }

  private static boolean hasAll(Pod pod, JsonNode selector) {
    return !selector.isEmpty()
        && pod.labels().entrySet().containsAll(Manifest.strings(selector).entrySet());
  }
}
