package org.mekong.kubernetes.manifest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All objects of one overlay. */
public record Manifests(List<Manifest> all) {

  public Manifests {
    all = List.copyOf(all);
  }

  public Stream<Manifest> ofKind(String kind) {
    return all.stream().filter(m -> m.kind().equals(kind));
  }

  public Optional<Manifest> find(String kind, String name) {
    return ofKind(kind).filter(m -> m.name().equals(name)).findFirst();
  }

  /** The objects that make pods by a template. */
  public Stream<Manifest> withPods() {
    return all.stream().filter(Manifest::hasPods);
  }
}
