package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * Rule {@code targets}: what an autoscaler, a pooler or a scheduled backup works on exists; an
 * autoscaler's least number leaves a pod over that a disruption budget may let go.
 */
public final class Targets implements Check {

  private static final String RULE = "targets";

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    Stream<Finding> scalers =
        manifests
            .ofKind("HorizontalPodAutoscaler")
            .filter(m -> isMissing(manifests, m.at("/spec/scaleTargetRef")))
            .map(m -> Finding.of(RULE, m, "scales what is not there"));
    Stream<Finding> databases =
        Stream.of("Pooler", "ScheduledBackup")
            .flatMap(manifests::ofKind)
            .filter(m -> manifests.find("Cluster", m.at("/spec/cluster/name").asText()).isEmpty())
            .map(m -> Finding.of(RULE, m, "names a database cluster that is not there"));
    Stream<Finding> stuck =
        manifests
            .ofKind("PodDisruptionBudget")
            .filter(m -> isStuck(manifests, m))
            .map(m -> Finding.of(RULE, m, "lets no pod go: a machine could never be drained"));
    return Stream.of(scalers, databases, stuck).flatMap(s -> s);
  }

  private static boolean isMissing(Manifests manifests, JsonNode target) {
    return manifests
        .find(target.path("kind").asText(), target.path("name").asText())
        .filter(m -> m.apiVersion().equals(target.path("apiVersion").asText()))
        .isEmpty();
  }

  private static boolean isStuck(Manifests manifests, Manifest budget) {
    int kept = budget.at("/spec/minAvailable").asInt();
    return manifests
        .find("HorizontalPodAutoscaler", budget.name())
        .filter(scaler -> scaler.at("/spec/minReplicas").asInt(1) > kept)
        .isEmpty();
  }
}
