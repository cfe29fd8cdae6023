package org.mekong.kubernetes.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mekong.kubernetes.manifest.Manifest;

/**
 * Strategic merge patches: objects are merged, {@code null} removes, {@code $patch: delete} removes
 * an object or a list's item, lists are merged by their key or replaced. Lists of custom resources
 * are replaced, as Kubernetes has no merge keys for them.
 */
public final class StrategicMerge {

  private static final Set<String> CUSTOM = Set.of("cert-manager.io", "postgresql.cnpg.io");

  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "initContainers", "name",
          "env", "name",
          "volumes", "name",
          "volumeMounts", "mountPath");

  private static final Set<String> REPLACED =
      Set.of(
          "ingress", "egress", "policyTypes", "metrics", "drop", "add", "args", "command", "items");

  private StrategicMerge() {}

  /**
   * Applies patches to the objects that they name.
   *
   * @return the patched objects; those given are not changed
   * @throws IllegalArgumentException when a patch names an object that is not there
   */
  public static List<Manifest> apply(List<Manifest> manifests, List<ObjectNode> patches) {
    return apply(manifests, patches, false);
  }

  /** As {@link #apply(List, List)}, but a patch for an object that is not there becomes one. */
  public static List<Manifest> applyOrAdd(List<Manifest> manifests, List<ObjectNode> patches) {
    return apply(manifests, patches, true);
  }

  private static List<Manifest> apply(
      List<Manifest> manifests, List<ObjectNode> patches, boolean add) {
    List<Manifest> result = new ArrayList<>(manifests);
    for (ObjectNode patch : patches) {
      var wanted = new Manifest(patch);
      int place = -1;
      for (int i = 0; i < result.size(); i++) {
        if (result.get(i).id().equals(wanted.id())) {
          place = i;
        }
      }
      if (place < 0) {
        if (!add) {
          throw new IllegalArgumentException("no object for the patch " + wanted);
        }
        result.add(wanted.copy());
      } else if (patch.path("$patch").asText().equals("delete")) {
        result.remove(place);
      } else {
        Manifest merged = result.get(place).copy();
        boolean custom = CUSTOM.contains(wanted.id().group());
        mergeObject(merged.tree(), patch, custom, wanted.toString(), wanted.kind());
        result.set(place, merged);
      }
    }
    return result;
  }

  private static void mergeObject(
      ObjectNode target, ObjectNode patch, boolean custom, String where, String kind) {
    for (var field : patch.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (name.startsWith("$")) {
        throw new UnknownToRenderer(where, "the directive " + name);
      }
      if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode object) {
        if (!(target.get(name) instanceof ObjectNode)) {
          target.putObject(name);
        }
        mergeObject((ObjectNode) target.get(name), object, custom, where + "/" + name, kind);
      } else if (value instanceof ArrayNode list && !custom && !REPLACED.contains(name)) {
        ArrayNode into =
            target.get(name) instanceof ArrayNode there ? there : target.putArray(name);
        mergeList(into, list, key(name, kind, where), where + "/" + name, kind);
      } else {
        target.set(name, value.deepCopy());
      }
    }
  }

  private static String key(String list, String kind, String where) {
    if (list.equals("ports")) {
      return kind.equals("Service") ? "port" : "containerPort";
    }
    String key = KEYS.get(list);
    if (key == null) {
      throw new UnknownToRenderer(where, "how to merge the list " + list);
    }
    return key;
  }

  private static void mergeList(
      ArrayNode target, ArrayNode patch, String key, String where, String kind) {
    for (JsonNode item : patch) {
      int place = -1;
      for (int i = 0; i < target.size(); i++) {
        if (target.get(i).path(key).equals(item.path(key))) {
          place = i;
        }
      }
      if (item.path("$patch").asText().equals("delete")) {
        if (place >= 0) {
          target.remove(place);
        }
      } else if (place < 0) {
        target.add(item.deepCopy());
      } else {
        mergeObject((ObjectNode) target.get(place), (ObjectNode) item, false, where, kind);
      }
    }
  }
}
