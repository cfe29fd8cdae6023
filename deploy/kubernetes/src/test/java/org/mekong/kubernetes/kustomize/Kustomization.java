package org.mekong.kubernetes.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;
import org.mekong.kubernetes.manifest.Yaml;

/**
 * Renders a folder with a {@code kustomization.yaml}. Known are: {@code resources} (files and
 * folders), {@code namespace}, {@code labels} with {@code pairs} and {@code includeTemplates},
 * {@code images} with {@code newName} and {@code newTag}, {@code configMapGenerator} with {@code
 * files}, {@code literals} and {@code behavior: merge}, and {@code patches} by {@code path}, each a
 * strategic merge.
 */
public final class Kustomization {

  private static final Set<String> KEYS =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "resources",
          "labels",
          "images",
          "configMapGenerator",
          "patches");

  /** Kinds outside any namespace, and kinds that name a namespace inside: not handled but one. */
  private static final Set<String> NOT_HANDLED =
      Set.of(
          "ClusterRole",
          "ClusterRoleBinding",
          "RoleBinding",
          "CustomResourceDefinition",
          "PersistentVolume",
          "StorageClass",
          "PriorityClass",
          "ClusterIssuer",
          "APIService",
          "ValidatingWebhookConfiguration",
          "MutatingWebhookConfiguration");

  private final Path folder;
  private final ObjectNode tree;
  private List<Manifest> manifests = new ArrayList<>();
  private final List<Manifest> generated = new ArrayList<>();

  private Kustomization(Path folder) {
    this.folder = folder;
    Path file = folder.resolve("kustomization.yaml");
    this.tree = Yaml.documents(file).getFirst();
    known(tree, KEYS);
  }

  /**
   * All objects of the folder's kustomization, as {@code kustomize build} gives them.
   *
   * @throws UnknownToRenderer when it uses what this renderer does not know
   */
  public static Manifests render(Path folder) {
    Kustomization root = new Kustomization(folder);
    root.build();
    return root.withFinalNames();
  }

  private void build() {
    for (JsonNode resource : tree.path("resources")) {
      addResource(resource.asText());
    }
    tree.path("configMapGenerator").forEach(this::generate);
    for (JsonNode patch : tree.path("patches")) {
      known(patch, Set.of("path"));
      patch(Yaml.documents(folder.resolve(patch.path("path").asText())));
    }
    if (tree.has("namespace")) {
      manifests.forEach(m -> place(m, tree.path("namespace").asText()));
    }
    tree.path("labels").forEach(this::label);
    tree.path("images").forEach(this::rename);
  }

  private void addResource(String resource) {
    Path path = folder.resolve(resource).normalize();
    if (Files.isDirectory(path)) {
      Kustomization nested = new Kustomization(path);
      nested.build();
      manifests.addAll(nested.manifests);
      generated.addAll(nested.generated);
    } else if (Files.isRegularFile(path)) {
      Yaml.documents(path).stream().map(Manifest::new).forEach(manifests::add);
    } else {
      throw new UnknownToRenderer(folder.toString(), "the resource " + resource);
    }
  }

  private void generate(JsonNode generator) {
    known(generator, Set.of("name", "behavior", "files", "literals"));
    String name = generator.path("name").asText();
    Manifest configMap;
    switch (generator.path("behavior").asText("create")) {
      case "create" -> {
        configMap = new Manifest(tree.objectNode());
        configMap.tree().put("apiVersion", "v1").put("kind", "ConfigMap");
        configMap.tree().putObject("metadata").put("name", name);
        configMap.tree().putObject("data");
        manifests.add(configMap);
        generated.add(configMap);
      }
      case "merge" ->
          configMap =
              generated.stream()
                  .filter(m -> m.name().equals(name))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(folder + ": nothing to merge into " + name));
      default -> throw new UnknownToRenderer(folder.toString(), "in " + generator);
    }
    ObjectNode data = (ObjectNode) configMap.at("/data");
    for (JsonNode file : generator.path("files")) {
      String[] keyAndPath = file.asText().split("=", 2);
      Path path = folder.resolve(keyAndPath[keyAndPath.length - 1]);
      String key = keyAndPath.length == 2 ? keyAndPath[0] : path.getFileName().toString();
      data.put(key, text(path));
    }
    for (JsonNode literal : generator.path("literals")) {
      String[] keyAndValue = literal.asText().split("=", 2);
      data.put(keyAndValue[0], keyAndValue[1]);
    }
  }

  private void patch(List<ObjectNode> patches) {
    for (ObjectNode patch : patches) {
      if (patch.path("kind").asText().equals("ConfigMap")) {
        throw new UnknownToRenderer(folder.toString(), "patches of a ConfigMap");
      }
    }
    manifests = new ArrayList<>(StrategicMerge.apply(manifests, patches));
  }

  private void place(Manifest manifest, String namespace) {
    if (NOT_HANDLED.contains(manifest.kind())) {
      throw new UnknownToRenderer(folder.toString(), "how to place a " + manifest.kind());
    }
    boolean itself = manifest.kind().equals("Namespace");
    ((ObjectNode) manifest.at("/metadata")).put(itself ? "name" : "namespace", namespace);
  }

  private void label(JsonNode label) {
    known(label, Set.of("pairs", "includeTemplates"));
    Map<String, String> pairs = Manifest.strings(label.path("pairs"));
    for (Manifest manifest : manifests) {
      add(pairs, (ObjectNode) manifest.at("/metadata"));
      if (label.path("includeTemplates").asBoolean() && manifest.hasPods()) {
        add(pairs, ((ObjectNode) manifest.podTemplate()).withObject("/metadata"));
      }
    }
  }

  private static void add(Map<String, String> pairs, ObjectNode metadata) {
    ObjectNode labels = metadata.withObject("/labels");
    pairs.forEach(labels::put);
  }

  private void rename(JsonNode image) {
    known(image, Set.of("name", "newName", "newTag"));
    for (Manifest manifest : manifests) {
      for (JsonNode container : manifest.containers()) {
        String now = container.path("image").asText();
        int colon = now.indexOf(':', now.lastIndexOf('/') + 1);
        String name = colon < 0 ? now : now.substring(0, colon);
        if (name.equals(image.path("name").asText())) {
          String newName = image.path("newName").asText(name);
          String tag = colon < 0 ? "" : now.substring(colon);
          String newTag = image.has("newTag") ? ":" + image.path("newTag").asText() : tag;
          ((ObjectNode) container).put("image", newName + newTag);
        }
      }
    }
  }

  private Manifests withFinalNames() {
    Map<String, String> names = new HashMap<>();
    for (Manifest configMap : generated) {
      names.put(configMap.name(), configMap.name() + "-" + GeneratedConfigMap.suffix(configMap));
    }
    for (Manifest configMap : generated) {
      ((ObjectNode) configMap.at("/metadata")).put("name", names.get(configMap.name()));
    }
    for (Manifest manifest : manifests) {
      for (JsonNode volume : manifest.podTemplate().at("/spec/volumes")) {
        refer(volume.path("configMap"), names);
        if (volume.has("projected")) {
          throw new UnknownToRenderer(manifest.toString(), "projected volumes");
        }
      }
      for (JsonNode container : manifest.containers()) {
        container.path("envFrom").forEach(e -> refer(e.path("configMapRef"), names));
        container.path("env").forEach(e -> refer(e.at("/valueFrom/configMapKeyRef"), names));
      }
    }
    return new Manifests(manifests);
  }

  private static void refer(JsonNode reference, Map<String, String> names) {
    String name = names.get(reference.path("name").asText());
    if (name != null) {
      ((ObjectNode) reference).put("name", name);
    }
  }

  private void known(JsonNode node, Set<String> keys) {
    for (var field : node.properties()) {
      if (!keys.contains(field.getKey())) {
        throw new UnknownToRenderer(folder.toString(), field.getKey());
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
