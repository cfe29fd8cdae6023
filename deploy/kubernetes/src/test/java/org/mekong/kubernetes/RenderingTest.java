package org.mekong.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.kubernetes.kustomize.Kustomization;
import org.mekong.kubernetes.kustomize.UnknownToRenderer;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Yaml;

/** The test's renderer says what kustomize says, or that it does not know. */
class RenderingTest {

  static Stream<Path> overlays() {
    return Overlays.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void rendersAsKustomizeDoes(Path overlay, @TempDir Path scratch) throws Exception {
    assumeTrue(
        onPath("kubectl"), "kubectl is not on the path: no second rendering to compare with");
    File rendered = scratch.resolve("rendered.yaml").toFile();

    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", overlay.toString())
            .redirectOutput(rendered)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertEquals(0, kubectl.waitFor(), "kubectl kustomize " + overlay);
    List<Manifest> expected =
        Yaml.documents(rendered.toPath()).stream().map(Manifest::new).toList();
    List<Manifest> actual = Kustomization.render(overlay).all();
    assertEquals(byId(expected).keySet(), byId(actual).keySet());
    byId(expected).forEach((id, tree) -> assertEquals(tree, byId(actual).get(id), "of " + id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "namePrefix: mekong-",
        "commonLabels: {a: b}",
        "replicas: [{name: gateway, count: 3}]",
        "secretGenerator: [{name: s, literals: [a=b]}]",
        "labels: [{pairs: {a: b}, includeSelectors: true}]",
        "images: [{name: a, digest: 'sha256:0'}]",
        "configMapGenerator: [{name: c, envs: [a.env]}]",
        "configMapGenerator: [{name: c, behavior: replace}]",
        "patches: [{patch: '[]', target: {kind: Deployment}}]",
        "resources: [https://example.com/remote]"
      })
  void refusesWhatItDoesNotKnow(String line, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("kustomization.yaml"), "kind: Kustomization\n" + line + "\n");

    assertThrows(UnknownToRenderer.class, () -> Kustomization.render(folder));
  }

  @Test
  void refusesListsThatItCannotMerge(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        "resources: [a.yaml]\npatches: [{path: patch.yaml}]\n");
    String head = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
    Files.writeString(folder.resolve("a.yaml"), head);
    Files.writeString(folder.resolve("patch.yaml"), head + "spec: {externalIPs: [192.0.2.1]}\n");

    assertThrows(UnknownToRenderer.class, () -> Kustomization.render(folder));
  }

  @Test
  void refusesPatchesOfNothing(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("kustomization.yaml"), "patches: [{path: patch.yaml}]\n");
    Files.writeString(
        folder.resolve("patch.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n");

    assertThrows(IllegalArgumentException.class, () -> Kustomization.render(folder));
  }

  @Test
  void refusesKeysThatStandTwice(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("kustomization.yaml"), "namespace: a\nnamespace: b\n");

    assertThrows(RuntimeException.class, () -> Kustomization.render(folder));
  }

  @Test
  void givesAChangedConfigurationAnotherName(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        "configMapGenerator: [{name: c, files: [a.properties]}]\n");
    Files.writeString(folder.resolve("a.properties"), "a=1\n");
    String before = Kustomization.render(folder).all().getFirst().name();
    Files.writeString(folder.resolve("a.properties"), "a=2\n");
    String after = Kustomization.render(folder).all().getFirst().name();

    assertTrue(before.matches("c-[a-z0-9]{10}"), before);
    assertTrue(!before.equals(after), after);
  }

  private static Map<String, ObjectNode> byId(List<Manifest> manifests) {
    Map<String, ObjectNode> byId = new TreeMap<>();
    for (Manifest manifest : manifests) {
      if (byId.put(manifest.id().toString(), manifest.tree()) != null) {
        throw new IllegalStateException("twice: " + manifest);
      }
    }
    return byId;
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
