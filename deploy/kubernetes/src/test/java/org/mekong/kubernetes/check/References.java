package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * Rule {@code references}: every ConfigMap, Secret, issuer, service account and volume that is
 * named exists, with the key that is asked of it.
 */
public final class References implements Check {

  private static final String RULE = "references";

  private final JsonNode required;

  /**
   * @param required the list of what the operator brings: kind, name and keys of each
   */
  public References(JsonNode required) {
    this.required = required;
  }

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    Existing existing = Existing.of(manifests, required);
    Stream.Builder<Finding> findings = Stream.builder();
    manifests.withPods().forEach(m -> ofPods(m, existing, findings));
    manifests.ofKind("Cluster").forEach(m -> ofCluster(m, existing, findings));
    for (Manifest certificate : manifests.ofKind("Certificate").toList()) {
      JsonNode issuer = certificate.at("/spec/issuerRef");
      if (!existing.has(issuer.path("kind").asText() + "/" + issuer.path("name").asText())) {
        findings.add(Finding.of(RULE, certificate, "no issuer " + issuer));
      }
    }
    return findings.build();
  }

  private static void ofCluster(
      Manifest cluster, Existing existing, Stream.Builder<Finding> findings) {
    Stream<JsonNode> secrets =
        Stream.concat(
            Stream.of(cluster.at("/spec/bootstrap/initdb/secret")),
            cluster.at("/spec/managed/roles").valueStream().map(r -> r.path("passwordSecret")));
    secrets
        .map(secret -> "Secret/" + secret.path("name").asText())
        .filter(secret -> !existing.has(secret, "password"))
        .forEach(secret -> findings.add(Finding.of(RULE, cluster, "no password in " + secret)));
  }

  private static void ofPods(
      Manifest manifest, Existing existing, Stream.Builder<Finding> findings) {
    JsonNode spec = manifest.podTemplate().path("spec");
    String account = "ServiceAccount/" + spec.path("serviceAccountName").asText();
    if (!existing.has(account)) {
      findings.add(Finding.of(RULE, manifest, "no " + account));
    }
    Set<String> volumes = new HashSet<>();
    for (JsonNode volume : spec.path("volumes")) {
      volumes.add(volume.path("name").asText());
      if (!volume.has("emptyDir") && !existing.has(Existing.source(volume))) {
        findings.add(Finding.of(RULE, manifest, "no " + Existing.source(volume)));
      }
      volume
          .path("secret")
          .path("items")
          .forEach(i -> ofKey(manifest, Existing.source(volume), i, existing, findings));
    }
    for (JsonNode container : manifest.containers()) {
      for (JsonNode mount : container.path("volumeMounts")) {
        if (!volumes.contains(mount.path("name").asText())) {
          findings.add(Finding.of(RULE, manifest, "mounts no volume: " + mount));
        }
      }
      for (JsonNode variable : container.path("env")) {
        JsonNode secret = variable.at("/valueFrom/secretKeyRef");
        if (!secret.isMissingNode()) {
          ofKey(manifest, "Secret/" + secret.path("name").asText(), secret, existing, findings);
        }
      }
    }
  }

  private static void ofKey(
      Manifest manifest,
      String object,
      JsonNode reference,
      Existing existing,
      Stream.Builder<Finding> findings) {
    String key = reference.path("key").asText();
    if (!existing.has(object, key)) {
      findings.add(Finding.of(RULE, manifest, "no " + key + " in " + object));
    }
  }
}
