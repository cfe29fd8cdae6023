package org.mekong.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One Kubernetes object.
 *
 * @param tree the object as YAML says it, mutable: whoever changes it copies it first
 */
public record Manifest(ObjectNode tree) {

  /** A copy that may be changed without changing this one. */
  public Manifest copy() {
    return new Manifest(tree.deepCopy());
  }

  public String kind() {
    return tree.path("kind").asText();
  }

  public String apiVersion() {
    return tree.path("apiVersion").asText();
  }

  public String name() {
    return tree.at("/metadata/name").asText();
  }

  /** What two versions of the same object have in common: API group, kind and name. */
  public Id id() {
    String version = apiVersion();
    int slash = version.indexOf('/');
    return new Id(slash < 0 ? "" : version.substring(0, slash), kind(), name());
  }

  /**
   * @param path a JSON pointer
   */
  public JsonNode at(String path) {
    return tree.at(path);
  }

  /** The pod's own labels and specification, for the kinds that make pods by a template. */
  public JsonNode podTemplate() {
    return switch (kind()) {
      case "Deployment", "StatefulSet", "DaemonSet", "Job" -> at("/spec/template");
      case "CronJob" -> at("/spec/jobTemplate/spec/template");
      default -> MissingNode.getInstance();
    };
  }

  public boolean hasPods() {
    return !podTemplate().isMissingNode();
  }

  /** Init containers and containers of the pod template, in that order. */
  public List<JsonNode> containers() {
    List<JsonNode> containers = new ArrayList<>();
    podTemplate().at("/spec/initContainers").forEach(containers::add);
    podTemplate().at("/spec/containers").forEach(containers::add);
    return containers;
  }

  public Map<String, String> labels() {
    return strings(at("/metadata/labels"));
  }

  /** An object of texts as a map; anything else as an empty one. */
  public static Map<String, String> strings(JsonNode node) {
    Map<String, String> strings = new LinkedHashMap<>();
    node.properties().forEach(e -> strings.put(e.getKey(), e.getValue().asText()));
    return strings;
  }

  @Override
  public String toString() {
    return kind() + "/" + name();
  }

  /** The identity of an object within its namespace. */
  public record Id(String group, String kind, String name) {}
}
