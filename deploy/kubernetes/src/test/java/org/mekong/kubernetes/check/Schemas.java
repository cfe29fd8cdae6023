package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;
import org.tukaani.xz.XZInputStream;

/**
 * Rule {@code schema}: every object is valid by the published schema of its API, and has no field
 * that the schema does not name (an API server would drop it with a warning, at most).
 */
public final class Schemas implements Check {

  private static final String RULE = "schema";

  private final Map<String, JsonSchema> byKind = new HashMap<>();

  private Schemas() {}

  /**
   * Reads the OpenAPI documents of an archive (tar, compressed by xz) and one more document for the
   * APIs that the archive does not hold.
   */
  public static Schemas of(Path archive, Path more) throws IOException {
    Schemas schemas = new Schemas();
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream file = Files.newInputStream(archive);
        var tar = new TarArchiveInputStream(new XZInputStream(file))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith("_v1.json") || entry.getName().endsWith("_v2.json")) {
          schemas.add(mapper.readTree(tar.readAllBytes()));
        }
      }
    }
    schemas.add(mapper.readTree(Files.readAllBytes(more)));
    return schemas;
  }

  private void add(JsonNode document) {
    JsonNode components = document.path("components");
    closeObjects(components);
    var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    for (var component : components.path("schemas").properties()) {
      for (JsonNode type : component.getValue().path("x-kubernetes-group-version-kind")) {
        ObjectNode root = ((ObjectNode) document).objectNode();
        root.put("$ref", "#/components/schemas/" + component.getKey());
        root.set("components", components);
        String group = type.path("group").asText();
        String version = type.path("version").asText();
        String apiVersion = group.isEmpty() ? version : group + "/" + version;
        // A schema is made when it is asked for: most of the hundreds never are.
        byKind.computeIfAbsent(
            apiVersion + "/" + type.path("kind").asText(), k -> factory.getSchema(root));
      }
    }
  }

  /** Forbids, in every object with named properties, any other property. */
  private static void closeObjects(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.path("properties").isObject()
          && !object.has("additionalProperties")
          && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        object.put("additionalProperties", false);
      }
      object.properties().forEach(e -> closeObjects(e.getValue()));
    } else if (schema instanceof ArrayNode array) {
      array.forEach(Schemas::closeObjects);
    }
  }

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    return manifests.all().stream().flatMap(this::of);
  }

  private Stream<Finding> of(Manifest manifest) {
    JsonSchema schema = byKind.get(manifest.apiVersion() + "/" + manifest.kind());
    if (schema == null) {
      return Stream.of(Finding.of(RULE, manifest, "no such API: " + manifest.apiVersion()));
    }
    return schema.validate(manifest.tree()).stream()
        .map(message -> Finding.of(RULE, manifest, message.getMessage()));
  }
}
