package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * Rule {@code probes}: each container answers whether it has started, lives and is ready, over
 * HTTPS.
 */
public final class Probes implements Check {

  private static final String RULE = "probes";

  private static final Map<String, String> PATHS =
      Map.of(
          "startupProbe", "/q/health/started",
          "livenessProbe", "/q/health/live",
          "readinessProbe", "/q/health/ready");

  static final List<String> NAMES = PATHS.keySet().stream().sorted().toList();

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    return manifests
        .ofKind("Deployment")
        .flatMap(
            m ->
                m.at("/spec/template/spec/containers")
                    .valueStream()
                    .flatMap(c -> NAMES.stream().filter(p -> !isRight(c, p)))
                    .map(p -> Finding.of(RULE, m, p + " must ask " + PATHS.get(p) + " by HTTPS")));
  }

  private static boolean isRight(JsonNode container, String probe) {
    JsonNode get = container.path(probe).path("httpGet");
    return get.path("path").asText().equals(PATHS.get(probe))
        && get.path("scheme").asText().equals("HTTPS");
  }
}
