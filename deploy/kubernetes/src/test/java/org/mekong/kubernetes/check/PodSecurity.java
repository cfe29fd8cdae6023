package org.mekong.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * Rule {@code pod-security}: the restricted profile of the Pod Security Standards, and more: user
 * 10001, a read-only root file system, a writable {@code /tmp} of its own, no token of a service
 * account. An API server only warns about a Deployment: here it is a fault.
 */
public final class PodSecurity implements Check {

  private static final String RULE = "pod-security";

  private static final Map<String, String> OF_PODS =
      Map.of(
          "/securityContext/runAsNonRoot", "true",
          "/securityContext/runAsUser", "10001",
          "/securityContext/seccompProfile/type", "RuntimeDefault",
          "/automountServiceAccountToken", "false");

  private static final Map<String, String> OF_CONTAINERS =
      Map.of(
          "/securityContext/allowPrivilegeEscalation", "false",
          "/securityContext/readOnlyRootFilesystem", "true",
          "/securityContext/capabilities/drop/0", "ALL");

  /** Absent, or as said. */
  private static final Map<String, String> IF_AT_ALL =
      Map.of(
          "/securityContext/privileged", "false",
          "/securityContext/runAsUser", "10001",
          "/securityContext/runAsNonRoot", "true",
          "/securityContext/capabilities/add", "[]",
          "/securityContext/procMount", "Default",
          "/hostNetwork", "false",
          "/hostPID", "false",
          "/hostIPC", "false",
          "/shareProcessNamespace", "false");

  private static final Set<String> VOLUMES = Set.of("name", "configMap", "emptyDir", "secret");

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    Stream.Builder<Finding> findings = Stream.builder();
    manifests.withPods().forEach(m -> ofPod(m, findings));
    manifests
        .ofKind("ServiceAccount")
        .filter(m -> !m.at("/automountServiceAccountToken").asText().equals("false"))
        .forEach(m -> findings.add(Finding.of(RULE, m, "mounts its token")));
    manifests
        .ofKind("Namespace")
        .filter(m -> !"restricted".equals(m.labels().get("pod-security.kubernetes.io/enforce")))
        .forEach(m -> findings.add(Finding.of(RULE, m, "does not enforce the restricted profile")));
    return findings.build();
  }

  private static void ofPod(Manifest manifest, Stream.Builder<Finding> findings) {
    JsonNode spec = manifest.podTemplate().path("spec");
    must(manifest, spec, OF_PODS, findings);
    may(manifest, spec, findings);
    for (JsonNode volume : spec.path("volumes")) {
      volume.properties().stream()
          .filter(e -> !VOLUMES.contains(e.getKey()))
          .forEach(e -> findings.add(Finding.of(RULE, manifest, "volume of type " + e.getKey())));
    }
    for (JsonNode container : manifest.containers()) {
      must(manifest, container, OF_CONTAINERS, findings);
      may(manifest, container, findings);
      if (container
          .path("volumeMounts")
          .valueStream()
          .noneMatch(m -> m.path("mountPath").asText().equals("/tmp"))) {
        findings.add(Finding.of(RULE, manifest, "no writable /tmp"));
      }
    }
  }

  private static void must(
      Manifest manifest,
      JsonNode node,
      Map<String, String> wanted,
      Stream.Builder<Finding> findings) {
    wanted.forEach(
        (path, value) -> {
          if (!node.at(path).asText().equals(value)) {
            findings.add(Finding.of(RULE, manifest, path + " must be " + value));
          }
        });
  }

  private static void may(Manifest manifest, JsonNode node, Stream.Builder<Finding> findings) {
    IF_AT_ALL.forEach(
        (path, value) -> {
          JsonNode actual = node.at(path);
          String text = actual.isContainerNode() ? actual.toString() : actual.asText();
          if (!actual.isMissingNode() && !text.equals(value)) {
            findings.add(Finding.of(RULE, manifest, path + " must be " + value + " if at all"));
          }
        });
  }
}
