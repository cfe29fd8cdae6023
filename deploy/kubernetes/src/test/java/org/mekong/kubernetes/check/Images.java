package org.mekong.kubernetes.check;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.kubernetes.manifest.Manifests;

/**
 * Rule {@code images}: every image has a version for a tag, or a digest. Names carry no registry
 * host: which registry is used is the operator's to say.
 */
public final class Images implements Check {

  private static final String RULE = "images";

  private static final Pattern PINNED =
      Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)+(:[0-9]+(\\.[0-9]+)+|@sha256:[0-9a-f]{64})");

  @Override
  public Stream<Finding> findings(Manifests manifests) {
    Stream<Finding> pods =
        manifests
            .withPods()
            .flatMap(m -> m.containers().stream().flatMap(c -> of(m, c.path("image").asText())));
    Stream<Finding> databases =
        manifests.ofKind("Cluster").flatMap(m -> of(m, m.at("/spec/imageName").asText()));
    return Stream.concat(pods, databases);
  }

  private static Stream<Finding> of(Manifest manifest, String image) {
    return PINNED.matcher(image).matches()
        ? Stream.empty()
        : Stream.of(Finding.of(RULE, manifest, "an image that is not pinned: '" + image + "'"));
  }
}
