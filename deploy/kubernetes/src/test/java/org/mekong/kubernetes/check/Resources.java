package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;
import org.mekong.kubernetes.manifest.Quantity;

/** Rule {@code resources}: CPU and memory are requested and limited, no limit below its request. */
public final class Resources implements Check {

  private static final String RULE = "resources";

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    Stream<Finding> pods =
        manifests
            .withPods()
            .flatMap(m -> m.containers().stream().flatMap(c -> of(m, c.path("resources"))));
    Stream<Finding> clusters =
        manifests.ofKind("Cluster").flatMap(m -> of(m, m.at("/spec/resources")));
    Stream<Finding> poolers =
        manifests
            .ofKind("Pooler")
            .flatMap(m -> of(m, m.at("/spec/template/spec/containers/0/resources")));
    return Stream.of(pods, clusters, poolers).flatMap(s -> s);
  }

  private static Stream<Finding> of(Manifest manifest, JsonNode resources) {
    return Stream.of("cpu", "memory").flatMap(r -> of(manifest, resources, r));
  }

  private static Stream<Finding> of(Manifest manifest, JsonNode resources, String resource) {
    JsonNode request = resources.at("/requests/" + resource);
    JsonNode limit = resources.at("/limits/" + resource);
    if (request.isMissingNode() || limit.isMissingNode()) {
      return Stream.of(Finding.of(RULE, manifest, resource + " lacks a request or a limit"));
    }
    try {
      boolean below = Quantity.of(limit.asText()).compareTo(Quantity.of(request.asText())) < 0;
      return below
          ? Stream.of(Finding.of(RULE, manifest, resource + ": limit " + limit + " < " + request))
          : Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.of(Finding.of(RULE, manifest, resource + ": " + e.getMessage()));
    }
  }
}
