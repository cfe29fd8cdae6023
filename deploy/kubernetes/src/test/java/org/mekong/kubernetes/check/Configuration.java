package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * Rule {@code configuration}: a service's properties name only files that are mounted, only its own
 * database and that with its certificate verified, and no secret; its nation stands once; no plain
 * HTTP.
 */
public final class Configuration implements Check {

  private static final String RULE = "configuration";

  private static final Pattern FILE = Pattern.compile("/etc/mekong/[A-Za-z0-9./_{}-]+");
  private static final Pattern SECRET = Pattern.compile(".*(password|secret|token\\.key).*");
  private static final Pattern DATABASE =
      Pattern.compile(
          "jdbc:postgresql://([a-z]+)-db-(pooler|rw):5432/\\1\\?sslmode=verify-full&sslrootcert=.+");

  private final JsonNode required;

  /**
   * @param required the list of what the operator brings: kind, name and keys of each
   */
  public Configuration(JsonNode required) {
    this.required = required;
  }

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    Existing existing = Existing.of(manifests, required);
    Stream.Builder<Finding> findings = Stream.builder();
    manifests
        .ofKind("Deployment")
        .forEach(m -> of(m, properties(manifests, m), existing.files(m), findings));
    manifests
        .ofKind("Secret")
        .forEach(m -> findings.add(Finding.of(RULE, m, "a secret stands in the tree")));
    return findings.build();
  }

  private static void of(
      Manifest manifest,
      TreeMap<String, String> properties,
      Set<String> files,
      Stream.Builder<Finding> findings) {
    properties.forEach(
        (key, value) -> {
          FILE.matcher(value)
              .results()
              .map(r -> r.group())
              .filter(file -> !files.contains(file))
              .forEach(f -> findings.add(Finding.of(RULE, manifest, key + ": no file " + f)));
          if (SECRET.matcher(key).matches()) {
            findings.add(Finding.of(RULE, manifest, key + " does not belong in a ConfigMap"));
          }
          if (value.startsWith("jdbc:") && !isOwnDatabase(manifest, value)) {
            findings.add(Finding.of(RULE, manifest, key + " must be its own database, verified"));
          }
        });
    if (!"disabled".equals(properties.get("quarkus.http.insecure-requests"))) {
      findings.add(Finding.of(RULE, manifest, "plain HTTP is not disabled"));
    }
    if (!properties.containsKey("mekong.nation")) {
      findings.add(Finding.of(RULE, manifest, "no nation"));
    }
    manifest.containers().forEach(c -> ofVariables(manifest, c.path("env"), findings));
    for (JsonNode container : manifest.at("/spec/template/spec/containers")) {
      if (container.path("env").findValuesAsText("name").stream()
          .anyMatch(name -> name.endsWith("-db-owner"))) {
        findings.add(Finding.of(RULE, manifest, "holds the owner's password while it runs"));
      }
    }
  }

  private static void ofVariables(
      Manifest manifest, JsonNode variables, Stream.Builder<Finding> findings) {
    for (JsonNode variable : variables) {
      String name = variable.path("name").asText();
      String value = variable.path("value").asText();
      if (!value.isEmpty() && name.matches(".*(PASSWORD|SECRET).*")) {
        findings.add(Finding.of(RULE, manifest, "a secret value in " + name));
      }
      if (value.startsWith("jdbc:") && !isOwnDatabase(manifest, value)) {
        findings.add(Finding.of(RULE, manifest, name + " must be its own database, verified"));
      }
    }
  }

  private static boolean isOwnDatabase(Manifest manifest, String url) {
    var match = DATABASE.matcher(url);
    return match.matches() && manifest.name().startsWith(match.group(1));
  }

  /** The properties files in the order in which SmallRye Config is told to read them. */
  private static TreeMap<String, String> properties(Manifests manifests, Manifest manifest) {
    TreeMap<String, String> all = new TreeMap<>();
    for (JsonNode volume : manifest.podTemplate().at("/spec/volumes")) {
      manifests
          .find("ConfigMap", volume.at("/configMap/name").asText())
          .ifPresent(
              configMap ->
                  Stream.of("service.properties", "nation.properties")
                      .forEach(file -> all.putAll(parse(configMap.at("/data").path(file)))));
    }
    return all;
  }

  private static TreeMap<String, String> parse(JsonNode text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text.asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TreeMap<String, String> map = new TreeMap<>();
    properties.forEach((key, value) -> map.put((String) key, (String) value));
    return map;
  }
}
