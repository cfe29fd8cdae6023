package org.mekong.kubernetes.network;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * The pods that one object makes, all alike.
 *
 * @param name the name of that object
 * @param labels the pods' labels, those that CloudNativePG adds included
 */
public record Pod(String name, Map<String, String> labels) {

  public Pod {
    labels = Map.copyOf(labels);
  }

  /** The pods of all Deployments, database clusters and poolers. */
  public static Stream<Pod> of(Manifests manifests) {
    return manifests.all().stream().flatMap(Pod::of);
  }

  private static Stream<Pod> of(Manifest manifest) {
    return switch (manifest.kind()) {
      case "Cluster" -> Stream.of(database(manifest, manifest.name(), "instance"));
      case "Pooler" ->
          Stream.of(database(manifest, manifest.at("/spec/cluster/name").asText(), "pooler"));
      default ->
          manifest.hasPods()
              ? Stream.of(new Pod(manifest.name(), templateLabels(manifest)))
              : Stream.empty();
    };
  }

  private static Pod database(Manifest manifest, String cluster, String role) {
    Map<String, String> labels =
        new HashMap<>(Manifest.strings(manifest.at("/spec/inheritedMetadata/labels")));
    labels.putAll(Manifest.strings(manifest.at("/spec/template/metadata/labels")));
    labels.put("cnpg.io/cluster", cluster);
    labels.put("cnpg.io/podRole", role);
    return new Pod(manifest.name(), labels);
  }

  private static Map<String, String> templateLabels(Manifest manifest) {
    return Manifest.strings(manifest.podTemplate().at("/metadata/labels"));
  }
}
