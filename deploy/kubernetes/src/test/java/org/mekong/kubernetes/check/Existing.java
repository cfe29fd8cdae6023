package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * What can be referred to: the manifests' own objects, what a Certificate or a database cluster
 * makes, and what the operator brings.
 *
 * @param keys the keys of each object's data, by "kind/name"
 */
record Existing(Map<String, Set<String>> keys) {

  /**
   * @param required the list of what the operator brings: kind, name and keys of each
   */
  static Existing of(Manifests manifests, JsonNode required) {
    Map<String, Set<String>> keys = new HashMap<>();
    for (JsonNode object : required) {
      Set<String> names = new HashSet<>();
      object.path("keys").forEach(k -> names.add(k.asText()));
      keys.put(object.path("kind").asText() + "/" + object.path("name").asText(), names);
    }
    for (Manifest manifest : manifests.all()) {
      keys.put(manifest.toString(), Manifest.strings(manifest.at("/data")).keySet());
    }
    manifests
        .ofKind("Certificate")
        .map(m -> "Secret/" + m.at("/spec/secretName").asText())
        .forEach(name -> keys.put(name, Set.of("tls.crt", "tls.key", "ca.crt")));
    manifests
        .ofKind("Cluster")
        .forEach(m -> keys.put("Secret/" + m.name() + "-ca", Set.of("ca.crt", "ca.key")));
    return new Existing(keys);
  }

  boolean has(String kindAndName) {
    return keys.containsKey(kindAndName);
  }

  boolean has(String kindAndName, String key) {
    return keys.getOrDefault(kindAndName, Set.of()).contains(key);
  }

  /** The ConfigMap or Secret behind a volume, as "kind/name". */
  static String source(JsonNode volume) {
    return volume.has("secret")
        ? "Secret/" + volume.at("/secret/secretName").asText()
        : "ConfigMap/" + volume.at("/configMap/name").asText();
  }

  /** The files that every container of a pod finds below its mounts: all read one configuration. */
  Set<String> files(Manifest manifest) {
    Map<String, JsonNode> volumes = new HashMap<>();
    for (JsonNode volume : manifest.podTemplate().at("/spec/volumes")) {
      volumes.put(volume.path("name").asText(), volume);
    }
    return manifest.containers().stream()
        .map(container -> files(container, volumes))
        .reduce(
            (some, others) -> {
              some.retainAll(others);
              return some;
            })
        .orElse(Set.of());
  }

  private Set<String> files(JsonNode container, Map<String, JsonNode> volumes) {
    Set<String> files = new HashSet<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      JsonNode volume = volumes.get(mount.path("name").asText());
      if (volume != null) {
        keys.getOrDefault(source(volume), Set.of())
            .forEach(key -> files.add(mount.path("mountPath").asText() + "/" + key));
      }
    }
    return files;
  }
}
