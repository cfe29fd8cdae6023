package org.mekong.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mekong.kubernetes.check.Check;
import org.mekong.kubernetes.check.Configuration;
import org.mekong.kubernetes.check.Durability;
import org.mekong.kubernetes.check.Finding;
import org.mekong.kubernetes.check.Images;
import org.mekong.kubernetes.check.OnlyDoor;
import org.mekong.kubernetes.check.PodSecurity;
import org.mekong.kubernetes.check.Ports;
import org.mekong.kubernetes.check.Probes;
import org.mekong.kubernetes.check.References;
import org.mekong.kubernetes.check.Resources;
import org.mekong.kubernetes.check.Selectors;
import org.mekong.kubernetes.check.Targets;
import org.mekong.kubernetes.kustomize.Kustomization;
import org.mekong.kubernetes.kustomize.StrategicMerge;
import org.mekong.kubernetes.manifest.Manifests;
import org.mekong.kubernetes.manifest.Yaml;

/**
 * No check finds anything in the overlays; and each finds its own in the broken manifests, which
 * are the overlay of Viet Nam with one fault: {@code broken/<rule>/<fault>.yaml}.
 */
class ChecksTest {

  private static final String SCHEMA = "schema";

  static Stream<Path> overlays() {
    return Overlays.all();
  }

  static Stream<Path> faults() throws IOException {
    try (Stream<Path> files = Files.walk(Overlays.broken())) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void findsNothingInTheOverlays(Path overlay) throws IOException {
    List<Finding> findings = findings(Kustomization.render(overlay), checks());

    assertEquals(List.of(), findings);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void keepsToThePublishedSchemas(Path overlay) {
    assumeSchemas();

    List<Finding> findings =
        findings(Kustomization.render(overlay), Schematic.schemas().stream().toList());

    assertEquals(List.of(), findings);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void findsTheFault(Path fault) throws IOException {
    String rule = fault.getParent().getFileName().toString();
    Manifests sound = Kustomization.render(Overlays.ROOT.resolve("overlays/vn"));
    Manifests broken = new Manifests(StrategicMerge.applyOrAdd(sound.all(), Yaml.documents(fault)));
    if (rule.equals(SCHEMA)) {
      assumeSchemas();
    }
    List<? extends Check> checks =
        rule.equals(SCHEMA) ? Schematic.schemas().stream().toList() : checks();

    Set<String> rules =
        findings(broken, checks).stream().map(Finding::rule).collect(Collectors.toSet());

    assertEquals(Set.of(rule), rules, () -> findings(broken, checks).toString());
  }

  @Test
  void hasABrokenManifestForEveryRule() throws IOException {
    Set<String> rules = new TreeSet<>();
    faults().forEach(f -> rules.add(f.getParent().getFileName().toString()));

    assertEquals(
        new TreeSet<>(
            Set.of(
                "configuration",
                "durability",
                "images",
                "only-door",
                "pod-security",
                "ports",
                "probes",
                "references",
                "resources",
                SCHEMA,
                "selectors",
                "targets")),
        rules);
    assertFalse(faults().anyMatch(f -> Yaml.documents(f).isEmpty()));
  }

  private static void assumeSchemas() {
    assumeTrue(
        Schematic.schemas().isPresent(),
        "Not checked against the schemas of Kubernetes and CloudNativePG: no file "
            + Schematic.ARCHIVE);
  }

  private static List<Finding> findings(Manifests manifests, List<? extends Check> checks) {
    return checks.stream().flatMap(c -> c.findings(manifests)).toList();
  }

  private static List<Check> checks() throws IOException {
    var required = Yaml.list(Overlays.ROOT.resolve("required.yaml"));
    return List.of(
        new Configuration(required),
        new Durability(),
        new Images(),
        new OnlyDoor(wanted()),
        new PodSecurity(),
        new Ports(),
        new Probes(),
        new References(required),
        new Resources(),
        new Selectors(),
        new Targets());
  }

  private static Set<String> wanted() throws IOException {
    Path file = Overlays.ROOT.resolve("src/test/resources/connections.txt");
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(l -> !l.isBlank() && !l.startsWith("#")).collect(Collectors.toSet());
    }
  }
}
